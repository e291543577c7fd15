import { createRandom, type Random } from '../random/random.ts';
import { exp } from '../stats/elementary.ts';
import { customerChurnFeatures } from './customer-churn-features.ts';
import { type ColumnDescription, defineGenerator, round, tableOfRows } from './generator.ts';

const measured: readonly ColumnDescription[] = [
  { name: 'customerID', summary: 'row id' },
  { name: 'gender', summary: 'Female or Male' },
  { name: 'SeniorCitizen', summary: '1 for customers aged 65 or older' },
  { name: 'Partner', summary: 'Yes or No' },
  { name: 'Dependents', summary: 'Yes or No' },
  { name: 'tenure', summary: 'months with the company, 0–72' },
  { name: 'PhoneService', summary: 'Yes or No' },
  { name: 'MultipleLines', summary: 'Yes, No or No phone service' },
  { name: 'InternetService', summary: 'DSL, Fiber optic or No' },
  { name: 'OnlineSecurity', summary: 'Yes, No or No internet service' },
  { name: 'OnlineBackup', summary: 'Yes, No or No internet service' },
  { name: 'DeviceProtection', summary: 'Yes, No or No internet service' },
  { name: 'TechSupport', summary: 'Yes, No or No internet service' },
  { name: 'StreamingTV', summary: 'Yes, No or No internet service' },
  { name: 'StreamingMovies', summary: 'Yes, No or No internet service' },
  { name: 'Contract', summary: 'Month-to-month, One year or Two year' },
  { name: 'PaperlessBilling', summary: 'Yes or No' },
  {
    name: 'PaymentMethod',
    summary: 'Electronic check, Mailed check, Bank transfer (automatic) or Credit card (automatic)',
  },
  { name: 'MonthlyCharges', summary: 'USD' },
  { name: 'TotalCharges', summary: 'USD so far; missing for customers of month 0' },
  { name: 'Churn', summary: 'target: Yes when the customer left (about 27 %)' },
];

/** Standard deviation, in log-odds, of the reasons to leave that no column shows. */
const UNTOLD = 0.5;

/** Customers of a telephone company: contract, tenure and internet service decide who leaves, with additive effects. */
export const customerChurn = defineGenerator({
  id: 'customer_churn',
  summary: 'customers of a telephone company and who left; binary classification',
  defaultRows: 7043,
  file: 'data/churn_data.csv',
  target: 'Churn',
  task: 'classification',
  columns: [...measured, ...customerChurnFeatures],
  // A price increase, a new payment method, two categories mixed up in some rows, and more customers leave.
  drift: [
    { id: 'mean_shift', column: 'MonthlyCharges', by: 0.3 },
    { id: 'new_category', column: 'PaymentMethod', category: 'Mobile wallet', share: 0.12 },
    { id: 'category_swap', column: 'InternetService', between: ['DSL', 'Fiber optic'], share: 0.3 },
    { id: 'label_shift', column: 'Churn', value: 'Yes', share: 0.35 },
  ],
  generate: ({ rows, seed }) => {
    const random = createRandom(seed, 'customer_churn');
    return tableOfRows(measured, customerChurnFeatures, customers(random, rows));
  },
});

function* customers(random: Random, rows: number) {
  for (let row = 0; row < rows; row++) yield customer(random, row);
}

function customer(random: Random, row: number) {
  const chance = (p: number) => random.uniform() < p;
  const yes = (is: boolean) => (is ? 'Yes' : 'No');
  const contract = pick(random, [
    ['Month-to-month', 0.55],
    ['One year', 0.21],
    ['Two year', 0.24],
  ]);
  const tenure = tenureOf(random, contract);
  const senior = chance(0.162);
  const partner = chance(0.36 + 0.004 * tenure);
  const dependents = chance(partner ? (senior ? 0.15 : 0.55) : 0.08);
  const internet = pick(
    random,
    contract === 'Two year'
      ? [
          ['DSL', 0.37],
          ['Fiber optic', 0.25],
          ['No', 0.38],
        ]
      : contract === 'One year'
        ? [
            ['DSL', 0.39],
            ['Fiber optic', 0.36],
            ['No', 0.25],
          ]
        : [
            ['DSL', 0.32],
            ['Fiber optic', 0.55],
            ['No', 0.13],
          ],
  );
  const phone = internet === 'DSL' ? chance(0.72) : true;
  const lines = phone && chance(0.28 + 0.005 * tenure + (internet === 'Fiber optic' ? 0.12 : 0));
  const loyal = contract === 'Month-to-month' ? 0 : contract === 'One year' ? 0.2 : 0.32;
  const addOn = (base: number, fiber: number) =>
    internet === 'No'
      ? 'No internet service'
      : yes(chance(Math.min(0.95, base + loyal + 0.0025 * tenure + (internet === 'Fiber optic' ? fiber : 0))));
  const security = addOn(0.25, -0.1);
  const backup = addOn(0.22, 0.03);
  const protection = addOn(0.2, 0.05);
  const support = addOn(0.25, -0.1);
  const tv = addOn(0.2, 0.2);
  const movies = addOn(0.2, 0.2);
  const paperless = chance(internet === 'Fiber optic' ? 0.77 : internet === 'DSL' ? 0.55 : 0.29);
  const payment = pick(
    random,
    internet === 'Fiber optic'
      ? [
          ['Electronic check', 0.52],
          ['Mailed check', 0.08],
          ['Bank transfer (automatic)', 0.2],
          ['Credit card (automatic)', 0.2],
        ]
      : [
          ['Electronic check', 0.2],
          ['Mailed check', 0.34],
          ['Bank transfer (automatic)', 0.23],
          ['Credit card (automatic)', 0.23],
        ],
  );
  const nAddOns = [security, backup, protection, support].filter((value) => value === 'Yes').length;
  const nStreams = [tv, movies].filter((value) => value === 'Yes').length;
  const monthly = round(
    Math.max(
      18.25,
      { DSL: 24.8, 'Fiber optic': 49.9, No: 0 }[internet]! +
        (phone ? 20 : 0) +
        (lines ? 5 : 0) +
        5 * nAddOns +
        10 * nStreams +
        random.normal(),
    ),
    2,
  );
  const leaning =
    -1.8 +
    { 'Month-to-month': 1.05, 'One year': 0, 'Two year': -0.9 }[contract]! +
    { DSL: 0, 'Fiber optic': 0.85, No: -0.7 }[internet]! -
    0.017 * tenure +
    (tenure <= 6 ? 0.4 : 0) +
    {
      'Electronic check': 0.6,
      'Mailed check': 0,
      'Bank transfer (automatic)': -0.5,
      'Credit card (automatic)': -0.6,
    }[payment]! +
    (paperless ? 0.33 : 0) +
    (senior ? 0.7 : 0) +
    (dependents ? -0.55 : 0) +
    (security === 'Yes' ? -0.4 : 0) +
    (support === 'Yes' ? -0.4 : 0) +
    0.05 * nStreams +
    (lines ? 0.1 : 0) +
    (phone ? 0 : 0.35) +
    UNTOLD * random.normal();
  return {
    customerID: customerId(random, row),
    gender: chance(0.495) ? 'Female' : 'Male',
    SeniorCitizen: Number(senior),
    Partner: yes(partner),
    Dependents: yes(dependents),
    tenure,
    PhoneService: yes(phone),
    MultipleLines: phone ? yes(lines) : 'No phone service',
    InternetService: internet,
    OnlineSecurity: security,
    OnlineBackup: backup,
    DeviceProtection: protection,
    TechSupport: support,
    StreamingTV: tv,
    StreamingMovies: movies,
    Contract: contract,
    PaperlessBilling: yes(paperless),
    PaymentMethod: payment,
    MonthlyCharges: monthly,
    TotalCharges:
      tenure === 0 ? undefined : round(Math.max(monthly, tenure * monthly * (1 + 0.03 * random.normal())), 2),
    Churn: yes(chance(1 / (1 + exp(-leaning)))),
  };
}

/** U-shaped: many customers are in their first month or have been there from the start, few are in between. */
function tenureOf(random: Random, contract: string): number {
  const u = random.uniform();
  if (contract === 'Two year')
    return u < 0.19 ? 72 : Math.round(72 - 55 * random.uniform() * Math.sqrt(random.uniform()));
  if (contract === 'One year') return Math.round(8 + 64 * Math.sqrt(u * (0.4 + 0.6 * random.uniform())));
  if (u < 0.003) return 0;
  if (u < 0.09) return 1;
  const spread = (u - 0.09) / 0.91;
  return Math.min(72, Math.round(1 + 72 * spread * spread * (0.35 + 0.65 * random.uniform())));
}

function customerId(random: Random, row: number): string {
  const letters = Array.from({ length: 5 }, () => String.fromCharCode(65 + random.integer(26))).join('');
  return `${String(row % 10_000).padStart(4, '0')}-${letters}${row < 10_000 ? '' : Math.floor(row / 10_000)}`;
}

function pick(random: Random, shares: readonly (readonly [string, number])[]): string {
  let rest = random.uniform();
  for (const [name, share] of shares) {
    if (rest < share) return name;
    rest -= share;
  }
  return shares.at(-1)![0];
}
