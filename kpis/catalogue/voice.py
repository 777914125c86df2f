"""Voice of the customer: what customers say when they are asked, and what they write.

Of a hundred answers fifty were 9 or 10 and twenty were 6 or less: the score is 30 points. Of 60 others, on a
scale from 1 to 5, 51 were 4 or 5:

    >>> nps.value_of(promoters=50, detractors=20, denominator=100)
    30.0
    >>> satisfaction.value_of(numerator=51, denominator=60)
    0.85

For these 160 answers 800 customers were asked. After a call four others said how easy it had been, from 1 to
7: 7, 6, 6 and 3. Of 200 reviews 180 have four or five stars and eight one or two; the other twelve have three
and count in neither:

    >>> survey_response_rate.value_of(numerator=160, denominator=800)
    0.2
    >>> ease.value_of(numerator=7 + 6 + 6 + 3, denominator=4)
    5.5
    >>> good_review_rate.value_of(numerator=180, denominator=200)
    0.9
    >>> bad_review_rate.value_of(numerator=8, denominator=200)
    0.04
"""

from connectors.facts import InvitationDays, ReviewFacts, SurveyFacts
from connectors.text import Text
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, total
from kpis.of_sums import Mean, Ratio
from kpis.score import Score
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Voice of the customer", "口碑"), order=6)

_LOWEST_PROMOTER, _HIGHEST_DETRACTOR = 9, 6
_LOWEST_GOOD, _HIGHEST_BAD = 4, 2
_is_nps = col("kind") == "nps"
_is_csat = col("kind") == "csat"
_is_ease = col("kind") == "ease"
_scored = ~col("score").is_null()

nps = Score(
    title=Text("Net promoter score", "净推荐值"),
    question=Text(
        "How many more customers would recommend us warmly than not at all?",
        "愿意热情推荐我们的顾客比不愿推荐的多多少？",
    ),
    above=Text("answers of 9 or 10, less answers from 0 to 6", "9 至 10 分的回答减去 0 至 6 分的回答"),
    below=Text("answers from 0 to 10", "0 至 10 分的回答"),
    promoters=count(SurveyFacts, when=_is_nps & (col("score") >= _LOWEST_PROMOTER)),
    detractors=count(SurveyFacts, when=_is_nps & (col("score") <= _HIGHEST_DETRACTOR)),
    answers=count(SurveyFacts, when=_is_nps & ~col("score").is_null()),
    excluded=(
        LeftOut(
            count(SurveyFacts, when=_is_nps & col("off_scale")),
            Text("answers on another scale than 0 to 10", "不是 0 至 10 分制的回答"),
        ),
    ),
    dated_by="answered_day",
    unit="points",
    better="up",
    needs=("surveys", "surveys.answered_at", "surveys.score"),
    comparable=Comparable(margin=10, group="voice"),
    follows=Text(
        "Reichheld 2003, Harvard Business Review 81(12): 46-54 (Bain's net promoter score)",
        "Reichheld（2003），《哈佛商业评论》81(12)：46-54（贝恩净推荐值）",
    ),
    headline=4,
)

survey_response_rate = Ratio(
    title=Text("Response rate", "回收率"),
    question=Text("Of the customers we asked, how many answered?", "收到邀请的顾客中有多少作了回答？"),
    above=Text("invitations that were answered", "已作答的邀请"),
    below=Text("invitations to answer", "发出的邀请"),
    numerator=total(InvitationDays, "answered"),
    denominator=total(InvitationDays, "invited"),
    excluded=(
        LeftOut(
            total(InvitationDays, "uninvited"),
            Text("answers whose invitation is not known", "对应邀请未知的回答"),
        ),
    ),
    told_by="surveys.invited_at",
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("surveys.invited_at", "surveys.answered_at"),
    follows=ours(
        "answers over invitations, without allowing for those who never got theirs",
        "作答数与邀请数之比，不扣除未送达的邀请",
    ),
)

satisfaction = Ratio(
    title=Text("Satisfied customers (CSAT)", "满意度"),
    short=Text("Satisfied (CSAT)", "满意度"),
    question=Text(
        "Of the answers on a scale from 1 to 5, how many are 4 or 5?",
        "1 至 5 分的回答中有多少是 4 分或 5 分？",
    ),
    above=Text("answers of 4 or 5", "4 或 5 分的回答"),
    below=Text("answers from 1 to 5", "1 至 5 分的回答"),
    numerator=count(SurveyFacts, when=_is_csat & (col("score") >= _LOWEST_GOOD)),
    denominator=count(SurveyFacts, when=_is_csat & _scored),
    excluded=(
        LeftOut(
            count(SurveyFacts, when=_is_csat & col("off_scale")),
            Text("answers on another scale than 1 to 5", "不是 1 至 5 分制的回答"),
        ),
    ),
    dated_by="answered_day",
    unit="percent",
    better="up",
    needs=("surveys.answered_at", "surveys.score"),
    comparable=Comparable(margin=0.03, group="voice"),
    follows=Text(
        "top-two-box score of a five-point scale, as market research reads CSAT",
        "市场研究通用的 CSAT 读法：五分制前两档占比",
    ),
)

ease = Mean(
    title=Text("Ease (CES)", "轻松度"),
    question=Text(
        "How easy do customers find it, from 1 (very hard) to 7 (very easy)?",
        "顾客觉得有多轻松，从 1（很费力）到 7（很轻松）？",
    ),
    above=Text("points of all answers, added up", "全部回答的分数合计"),
    below=Text("answers from 1 to 7", "1 至 7 分的回答"),
    numerator=total(SurveyFacts, "score", when=_is_ease & _scored),
    denominator=count(SurveyFacts, when=_is_ease & _scored),
    scale=(1, 7),
    excluded=(
        LeftOut(
            count(SurveyFacts, when=_is_ease & col("off_scale")),
            Text("answers on another scale than 1 to 7", "不是 1 至 7 分制的回答"),
        ),
    ),
    dated_by="answered_day",
    unit="points",
    better="up",
    needs=("surveys.answered_at", "surveys.score"),
    comparable=Comparable(margin=0.3, group="voice"),
    follows=Text(
        "CEB customer effort score 2.0 (Dixon, Toman & DeLisi 2013, The Effortless Experience)",
        "CEB 客户费力度 2.0（Dixon、Toman 与 DeLisi，2013，The Effortless Experience）",
    ),
)

good_review_rate = Ratio(
    title=Text("Good reviews", "好评率"),
    question=Text("Of the reviews, how many give 4 or 5 stars?", "评价中有多少是 4 至 5 星？"),
    above=Text("reviews of 4 or 5 stars", "4 至 5 星的评价"),
    below=Text("all reviews", "全部评价"),
    numerator=count(ReviewFacts, when=col("stars") >= _LOWEST_GOOD),
    denominator=count(ReviewFacts),
    dated_by="created_day",
    unit="percent",
    better="up",
    lag_days=15,
    needs=("reviews",),
    comparable=Comparable(margin=0.03, group="voice"),
    follows=Text("Amazon seller feedback: 4 or 5 stars are positive", "亚马逊卖家反馈：4 至 5 星为正面"),
)

bad_review_rate = Ratio(
    title=Text("Bad reviews", "差评率"),
    question=Text("Of the reviews, how many give 1 or 2 stars?", "评价中有多少是 1 至 2 星？"),
    above=Text("reviews of 1 or 2 stars", "1 至 2 星的评价"),
    below=Text("all reviews", "全部评价"),
    numerator=count(ReviewFacts, when=col("stars") <= _HIGHEST_BAD),
    denominator=count(ReviewFacts),
    dated_by="created_day",
    unit="percent",
    better="down",
    lag_days=15,
    needs=("reviews",),
    comparable=Comparable(margin=0.03, group="voice"),
    follows=Text("Amazon seller feedback: 1 or 2 stars are negative", "亚马逊卖家反馈：1 至 2 星为负面"),
)
