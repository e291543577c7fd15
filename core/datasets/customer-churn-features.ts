import { type Feature, round } from './generator.ts';

/** The original columns that a feature may be computed from. */
export interface Customer {
  readonly Partner: string;
  readonly Dependents: string;
  readonly tenure: number;
  readonly PhoneService: string;
  readonly InternetService: string;
  readonly OnlineSecurity: string;
  readonly OnlineBackup: string;
  readonly DeviceProtection: string;
  readonly TechSupport: string;
  readonly StreamingTV: string;
  readonly StreamingMovies: string;
  readonly Contract: string;
  readonly PaymentMethod: string;
  readonly MonthlyCharges: number;
  readonly TotalCharges: number | undefined;
}

const addOns = (row: Customer) => [row.OnlineSecurity, row.OnlineBackup, row.DeviceProtection, row.TechSupport];
const streams = (row: Customer) => [row.StreamingTV, row.StreamingMovies];
const yeses = (values: readonly string[]) => values.filter((value) => value === 'Yes').length;
const services = (row: Customer) =>
  yeses([row.PhoneService, ...addOns(row), ...streams(row)]) + Number(row.InternetService !== 'No');
const average = (row: Customer) =>
  row.TotalCharges === undefined || row.tenure === 0 ? row.MonthlyCharges : row.TotalCharges / row.tenure;

/** Features that a practitioner would add to the original columns. */
export const customerChurnFeatures: readonly Feature<Customer>[] = [
  {
    name: 'tenure_group',
    summary: 'tenure in groups: 0-12, 13-24, 25-48 or 49-72',
    unit: 'months',
    of: ({ tenure }) => (tenure <= 12 ? '0-12' : tenure <= 24 ? '13-24' : tenure <= 48 ? '25-48' : '49-72'),
  },
  { name: 'is_new', summary: '1 for a tenure of up to six months', of: ({ tenure }) => Number(tenure <= 6) },
  {
    name: 'contract_months',
    summary: 'length of the contract: 1, 12 or 24',
    unit: 'months',
    of: ({ Contract }) => (Contract === 'Two year' ? 24 : Contract === 'One year' ? 12 : 1),
  },
  {
    name: 'is_automatic_payment',
    summary: '1 for automatic payment by bank or card',
    of: ({ PaymentMethod }) => Number(PaymentMethod.includes('automatic')),
  },
  {
    name: 'has_family',
    summary: '1 with a partner or dependents',
    of: (row) => Number(yeses([row.Partner, row.Dependents]) > 0),
  },
  { name: 'n_services', summary: 'number of services: phone, internet and its extras', of: services },
  {
    name: 'n_add_ons',
    summary: 'number of add-ons among security, backup, protection and support',
    of: (row) => yeses(addOns(row)),
  },
  { name: 'has_streaming', summary: '1 with TV or movies', of: (row) => Number(yeses(streams(row)) > 0) },
  {
    name: 'average_monthly_charges',
    summary: 'TotalCharges / tenure; MonthlyCharges in month 0',
    unit: 'USD',
    of: (row) => round(average(row), 2),
  },
  {
    name: 'charges_change',
    summary: 'MonthlyCharges − average_monthly_charges',
    unit: 'USD',
    of: (row) => round(row.MonthlyCharges - average(row), 2),
  },
  {
    name: 'charges_per_service',
    summary: 'MonthlyCharges / n_services',
    unit: 'USD',
    of: (row) => round(row.MonthlyCharges / Math.max(1, services(row)), 2),
  },
];
