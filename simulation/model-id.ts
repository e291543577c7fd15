export type ModelId = 'random_forest' | 'gradient_boosting' | 'linear_regression' | 'logistic_regression';
