"""Voice of the customer: what customers say when they are asked.

Of a hundred answers fifty were 9 or 10 and twenty were 6 or less: the score is 30 points.

    >>> nps.value_of(promoters=50, detractors=20, denominator=100)
    30.0
"""

from connectors.facts import SurveyFacts
from connectors.text import Text
from kpis.kpi import Comparable, Score
from kpis.measure import col, count
from kpis.stage import Stage

stage = Stage(Text("Voice of the customer", "口碑"), order=6)

_LOWEST_PROMOTER, _HIGHEST_DETRACTOR = 9, 6
_is_nps = col("kind") == "nps"

nps = Score(
    title=Text("Net promoter score", "净推荐值"),
    question=Text(
        "How many more customers would recommend us warmly than not at all?",
        "愿意热情推荐我们的顾客比不愿推荐的多多少？",
    ),
    promoters=count(SurveyFacts, when=_is_nps & (col("score") >= _LOWEST_PROMOTER)),
    detractors=count(SurveyFacts, when=_is_nps & (col("score") <= _HIGHEST_DETRACTOR)),
    answers=count(SurveyFacts, when=_is_nps & ~col("score").is_null()),
    excluded=(count(SurveyFacts, when=_is_nps & col("off_scale")),),
    dated_by="answered_day",
    unit="points",
    better="up",
    needs=("surveys", "surveys.answered_at", "surveys.score"),
    comparable=Comparable(margin=10, group="voice"),
    follows="Bain's net promoter score",
    headline=5,
)
