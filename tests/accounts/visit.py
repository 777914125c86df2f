"""Visit and discover, in plain SQL: per KPI one row per channel with numerator and denominator."""

SQL = {
    "visits": "select channel, sum(visits) as numerator, null as denominator from visits group by channel",
}
