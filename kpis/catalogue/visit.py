"""Visit and discover: how many people come."""

from connectors.facts import VisitFacts
from connectors.text import Text
from kpis.kpi import Count
from kpis.measure import total
from kpis.stage import Stage

stage = Stage(Text("Visit and discover", "访问与发现"), order=1)

visits = Count(
    title=Text("Visits", "访问量"),
    question=Text("How many visits did we have, online and through the doors?", "线上线下共有多少次访问？"),
    numerator=total(VisitFacts, "visits"),
    dated_by="day",
    unit="count",
    better="none",
    needs=("visits",),
)
