import { describe, expect, it } from 'vitest';
import { DataError } from '../../errors/app-error.ts';
import { readMetrics } from './read-metrics.ts';

const read = (text: string, type: 'continuous' | 'binary' = 'binary') =>
  readMetrics(new TextEncoder().encode(text), { file: 'metrics.json', type });

describe('readMetrics', () => {
  it('takes numbers by the names of metrics', () => {
    expect([...read('{ "accuracy": 0.93, "roc_auc": 1 }')]).toEqual([
      ['accuracy', 0.93],
      ['roc_auc', 1],
    ]);
  });
  it.each([
    ['no JSON', '{ accuracy: 1 }', 'is not JSON', 'metrics.json'],
    ['NaN, as Python writes it', '{ "accuracy": NaN }', 'is not JSON', 'metrics.json'],
    ['a list', '[0.9]', 'is not a JSON object', 'metrics.json'],
    ['nothing', 'null', 'is not a JSON object', 'metrics.json'],
    ['no number', '{}', 'contains no numbers', 'metrics.json'],
    ['text', '{ "accuracy": "0.9" }', 'is not a finite number', 'accuracy'],
    ['null', '{ "accuracy": null }', 'is not a finite number', 'accuracy'],
    ['an infinite number', '{ "accuracy": 1e999 }', 'is not a finite number', 'accuracy'],
    ['a nested object', '{ "accuracy": { "value": 1 } }', 'is not a finite number', 'accuracy'],
    ['percent', '{ "accuracy": 93 }', 'is out of range', 'accuracy'],
    ['a metric that there is not', '{ "acuracy": 0.9 }', 'did you mean "accuracy"?', 'acuracy'],
    ['a metric of another task', '{ "rmse": 0.9 }', 'is not a metric for a binary target', 'rmse'],
    ['a name of every object', '{ "constructor": 1 }', 'is not a metric', 'constructor'],
  ])('refuses %s', (_, text, message, place) => {
    expect(() => read(text)).toThrow(DataError);
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(place);
  });
});
