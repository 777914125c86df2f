"""Formbricks: one row per scored question of every answer, and of every survey shown without one."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import Select, Setting, SqlConnector, Touched
from connectors.text import Text

READS = """
ContactAttribute (id text, attributeKeyId text, contactId text, value text, updated_at timestamp)
ContactAttributeKey (id text, key text, updated_at timestamp)
Display (id text, surveyId text, contactId text, responseId text, created_at timestamp, updated_at timestamp)
Environment (id text, type text, updated_at timestamp)
Response (id text, surveyId text, contactId text, displayId text, finished boolean, data jsonb,
    contactAttributes jsonb, created_at timestamp, updated_at timestamp)
Survey (id text, name text, environmentId text, questions jsonb, blocks jsonb[], updated_at timestamp)
"""

QUESTIONS = """
element AS (
    SELECT DISTINCT ON (survey.id, asked.content->>'id') survey.id AS of_survey, survey.name,
        asked.content->>'id' AS id, asked.content->>'type' AS type, asked.content, asked.place
    FROM "Survey" AS survey
    LEFT JOIN "Environment" AS environment ON environment.id = survey."environmentId"
    CROSS JOIN LATERAL (
        SELECT content, place FROM jsonb_array_elements(
            CASE jsonb_typeof(survey.questions) WHEN 'array' THEN survey.questions ELSE '[]' END)
            WITH ORDINALITY AS question (content, place)
        UNION ALL
        SELECT part.content, block.place * 1000 + part.place
        FROM unnest(survey.blocks) WITH ORDINALITY AS block (content, place)
        CROSS JOIN LATERAL jsonb_array_elements(block.content->'elements')
            WITH ORDINALITY AS part (content, place)
    ) AS asked
    WHERE coalesce(environment.type::text, 'production') = 'production'
    ORDER BY survey.id, asked.content->>'id', asked.place
),
meaning AS (
    SELECT listed.kind, replace(lower(trim(word)), '*', '%') AS word
    FROM setting CROSS JOIN LATERAL (
        VALUES (1, 'ease', setting.ease_ratings), (2, 'csat', setting.satisfaction_ratings)
    ) AS listed (rank, kind, words)
    CROSS JOIN LATERAL regexp_split_to_table(listed.words, ',') AS word
    ORDER BY listed.rank
),
question AS (
    SELECT * FROM (
        SELECT element.of_survey, element.name, element.id, CASE element.type
                WHEN 'nps' THEN 'nps' WHEN 'csat' THEN 'csat' WHEN 'ces' THEN 'ease'
                WHEN 'rating' THEN (
                    SELECT meaning.kind FROM meaning
                    WHERE lower(element.name) LIKE meaning.word OR lower(element.id) LIKE meaning.word
                        OR lower(element.content->>'headline') LIKE meaning.word LIMIT 1)
            END AS kind,
            CASE element.type WHEN 'nps' THEN 0 ELSE 1 END AS scale_min,
            CASE element.type WHEN 'nps' THEN 10
                ELSE coalesce((element.content->>'range')::float8, 5) END AS scale_max
        FROM element
    ) AS told WHERE kind IS NOT NULL
)"""
"""Questions lay in `questions` until the end of 2025 and lie in `blocks` since; tests in an environment."""

ASKED = f"""
{QUESTIONS},
answer AS (
    SELECT response.*, coalesce(response."displayId", older.id) AS shown_as
    FROM "Response" AS response
    LEFT JOIN (
        SELECT "responseId", min(id) AS id FROM "Display" WHERE "responseId" IS NOT NULL GROUP BY 1
    ) AS older ON older."responseId" = response.id
),
matched AS (
    SELECT answer.id, coalesce(answer.shown_as, (
        SELECT display.id FROM "Display" AS display
        WHERE answer.shown_as IS NULL AND display."surveyId" = answer."surveyId"
            AND display."contactId" = answer."contactId" AND display.created_at <= answer.created_at
            AND display.id NOT IN (
                SELECT other.shown_as FROM answer AS other WHERE other.shown_as IS NOT NULL)
        ORDER BY display.created_at DESC, display.id LIMIT 1)) AS display_id
    FROM answer
),
blind AS (
    SELECT answer."surveyId" AS of_survey, min(display.created_at) AS linked_since
    FROM answer LEFT JOIN "Display" AS display ON display.id = answer.shown_as
    GROUP BY 1 HAVING bool_or(answer.shown_as IS NULL AND answer."contactId" IS NULL)
),
asked AS (
    SELECT coalesce(answer.shown_as, answer.id) || ':' || question.id AS survey_id, answer.id AS response_id,
        matched.display_id, question.*
    FROM answer JOIN matched ON matched.id = answer.id
    JOIN question ON question.of_survey = answer."surveyId"
    UNION ALL
    SELECT display.id || ':' || question.id, NULL, display.id, question.*
    FROM "Display" AS display
    JOIN question ON question.of_survey = display."surveyId"
    LEFT JOIN blind ON blind.of_survey = display."surveyId" AND display."contactId" IS NULL
    WHERE NOT EXISTS (SELECT FROM matched WHERE matched.display_id = display.id)
        AND (blind.of_survey IS NULL OR display.created_at >= blind.linked_since)
)"""
"""An answer names the display it followed; older ones did not, there the person's last display is taken.

Where nameless people answer without it, nobody knows which displays were answered: they are no invitations.
"""


def _field(setting: str) -> str:
    """What an answer holds in the first of the fields that a setting names."""
    return f"""(
        SELECT nullif(trim(answer.data->>trim(field.name)), '')
        FROM regexp_split_to_table(setting.{setting}, ',') WITH ORDINALITY AS field (name, rank)
        WHERE nullif(trim(answer.data->>trim(field.name)), '') IS NOT NULL ORDER BY field.rank LIMIT 1)"""


SURVEYS = f"""
WITH {ASKED},
words AS (
    SELECT of_survey, array_agg(id ORDER BY place) AS ids FROM element
    WHERE type = 'openText' AND coalesce(content->>'inputType', 'text') = 'text' GROUP BY 1
),
person AS (
    SELECT given."contactId" AS id, max(given.value) FILTER (WHERE key.key = 'email') AS email,
        max(given.value) FILTER (WHERE key.key = 'userId') AS user_id
    FROM "ContactAttribute" AS given
    JOIN "ContactAttributeKey" AS key ON key.id = given."attributeKeyId" GROUP BY 1
),
scored AS (
    SELECT asked.*, CASE jsonb_typeof(answer.data->asked.id)
            WHEN 'number' THEN (answer.data->>asked.id)::float8
            WHEN 'string' THEN substring(answer.data->>asked.id FROM '^\\s*(\\d{{1,2}})\\s*$')::float8
        END AS score
    FROM asked LEFT JOIN answer ON answer.id = asked.response_id
)
SELECT asked.survey_id, asked.kind,
    coalesce({_field("channel_field")}, nullif(trim(setting.channel), ''), asked.name) AS channel,
    display.created_at AT TIME ZONE 'utc' AS invited_at,
    CASE WHEN asked.score IS NOT NULL OR answer.finished THEN answer.created_at AT TIME ZONE 'utc' END
        AS answered_at,
    asked.score, asked.scale_min::float8 AS scale_min, asked.scale_max, person.user_id AS customer_ref,
    coalesce(person.email, answer."contactAttributes"->>'email', {_field("email_field")}) AS email,
    {_field("order_field")} AS order_id, {_field("store_field")} AS store_id,
    coalesce((
        SELECT trim(split_part(entry, '=', 2)) FROM regexp_split_to_table(setting.touchpoints, ';') AS entry
        WHERE lower(trim(split_part(entry, '=', 1))) = lower(asked.name) LIMIT 1), asked.name) AS touchpoint,
    (
        SELECT string_agg(nullif(trim(answer.data->>word.id), ''), E'\\n' ORDER BY word.place)
        FROM unnest(words.ids) WITH ORDINALITY AS word (id, place)) AS comment
FROM scored AS asked
CROSS JOIN setting
LEFT JOIN answer ON answer.id = asked.response_id
LEFT JOIN "Display" AS display ON display.id = asked.display_id
LEFT JOIN person ON person.id = coalesce(answer."contactId", display."contactId")
LEFT JOIN words ON words.of_survey = asked.of_survey
"""
"""An answer counts from its first question on: its own later stamp moves with every note about it."""

TOUCHED = Touched(
    by="survey_id",
    sql=f"""
WITH {ASKED}
SELECT asked.survey_id, answer.updated_at FROM asked JOIN answer ON answer.id = asked.response_id
UNION ALL
SELECT asked.survey_id, display.updated_at
FROM asked JOIN "Display" AS display ON display.id = asked.display_id
UNION ALL
SELECT asked.survey_id, greatest(survey.updated_at, environment.updated_at)
FROM asked JOIN "Survey" AS survey ON survey.id = asked.of_survey
LEFT JOIN "Environment" AS environment ON environment.id = survey."environmentId"
UNION ALL
SELECT asked.survey_id, greatest(given.updated_at, key.updated_at)
FROM asked
LEFT JOIN answer ON answer.id = asked.response_id
LEFT JOIN "Display" AS display ON display.id = asked.display_id
JOIN "ContactAttribute" AS given ON given."contactId" = coalesce(answer."contactId", display."contactId")
JOIN "ContactAttributeKey" AS key ON key.id = given."attributeKeyId"
UNION ALL
SELECT asked.display_id || ':' || asked.id, answer.updated_at
FROM asked JOIN answer ON answer.id = asked.response_id WHERE answer.shown_as IS NULL
    AND asked.display_id IS NOT NULL
""",
)
"""The last part names invitations that an answer took: they are no longer rows of their own."""

SHOP = Text("Formbricks only asks: add the shop's own database", "Formbricks 只做问卷：请另接店铺数据库")

connector = SqlConnector(
    title=Text("Formbricks (since 2025)", "Formbricks（2025 年起）"),
    description=Text(
        "NPS, satisfaction and ease; a channel is what a hidden field says, else the survey's name. Ratings "
        "count where their words ask for satisfaction or ease",
        "NPS、满意度与轻松度；渠道取自隐藏字段，否则为问卷名称；评分题仅在询问满意度或轻松度时计入",
    ),
    reads=READS,
    proof=("Survey", "Response", "Display"),
    settings={
        "channel_field": Setting(
            Text("the hidden field that names the sales channel", "保存销售渠道的隐藏字段"), "channel"
        ),
        "channel": Setting(
            Text(
                "the channel of answers that name none; the survey's name unless set",
                "未注明渠道的答卷所属渠道；默认为问卷名称",
            ),
            "",
        ),
        "order_field": Setting(
            Text("the hidden field that names the order", "保存订单号的隐藏字段"), "orderId, order_id, order"
        ),
        "store_field": Setting(
            Text("the hidden field that names the shop", "保存门店的隐藏字段"), "storeId, store_id, store"
        ),
        "email_field": Setting(
            Text(
                "the hidden field with the e-mail of people who are no contacts",
                "非联系人答卷中保存邮箱的隐藏字段",
            ),
            "email, verifiedEmail",
        ),
        "touchpoints": Setting(
            Text(
                "touchpoints of surveys; else their names, e.g. 'Support CSAT = service; After = delivery'",
                "问卷对应的触点（默认为问卷名称），例如“Support CSAT = service; After = delivery”",
            ),
            "",
        ),
        "satisfaction_ratings": Setting(
            Text(
                "ratings that ask for satisfaction: words of the survey's name, the question or its id, "
                "with * for anything",
                "询问满意度的评分题：问卷名称、问题或题目编号，* 代表任意字符",
            ),
            "*satisf*, *csat*, *满意*",
        ),
        "ease_ratings": Setting(
            Text(
                "ratings from 1, very hard, to 7, very easy, in the same words",
                "询问轻松度（1 非常困难至 7 非常容易）的评分题，写法同上",
            ),
            "*easy*, *轻松*, *容易*",
        ),
    },
    selects={tables.Surveys: Select(SURVEYS, touched=TOUCHED)},
    lacks={table: SHOP for table in tables.TABLES.values() if table is not tables.Surveys},
)
