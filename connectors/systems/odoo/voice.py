"""Odoo's visits, conversations, surveys and product reviews.

They are read whole at every refresh: when visitors are merged, their page views and chats move to another
visitor without a stamp, and a visitor who is purged after 60 days leaves the chat behind.
"""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.systems.odoo.lines import SALE_CHANNEL, SKU, last_purchase

FIRST_SITE = "(SELECT min(site.id) FROM website AS site)"

VISITS = Select(
    f"""
WITH viewed AS (
    SELECT visitor_id, visit_datetime, product_id,
        coalesce(visit_datetime - lag(visit_datetime) OVER later > interval '30 minutes', true) AS begins
    FROM website_track WINDOW later AS (PARTITION BY visitor_id ORDER BY visit_datetime, id)
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY visitor_id ORDER BY visit_datetime) AS number
    FROM viewed
)
SELECT visitor.id || '-' || to_char(min(page.visit_datetime), 'YYYYMMDDHH24MISS') AS visit_id,
    min(page.visit_datetime) AT TIME ZONE 'utc' AS started_at,
    'web:' || coalesce(visitor.website_id, {FIRST_SITE}) AS channel, 1 AS visits,
    visitor.id::text AS visitor_id, visitor.partner_id::text AS customer_ref, upper(country.code) AS region,
    bool_or(page.product_id IS NOT NULL)::int AS product_viewed
FROM numbered AS page
JOIN website_visitor AS visitor ON visitor.id = page.visitor_id
LEFT JOIN res_country AS country ON country.id = visitor.country_id
GROUP BY visitor.id, visitor.website_id, visitor.partner_id, country.code, page.number
""",
    any_of=("website_track",),
)
"""Odoo tracks chosen pages only, so bounces are not known, and forgets visitors after 60 days."""

STAFF = """
staff AS (SELECT partner_id FROM res_users WHERE NOT share AND id > 1),
bot AS (
    SELECT operator_partner_id AS partner_id FROM chatbot_script
    UNION SELECT partner_id FROM res_users WHERE id = 1
)"""
"""User 1 is Odoo itself."""

CONVERSATIONS = Select(
    f"""
WITH {STAFF},
asked AS (
    SELECT chat.id, coalesce(min(message.date), chat.create_date) AS asked_at
    FROM discuss_channel AS chat
    LEFT JOIN mail_message AS message ON message.model = 'discuss.channel' AND message.res_id = chat.id
        AND message.message_type = 'comment' AND NOT EXISTS (
            SELECT FROM staff WHERE staff.partner_id = message.author_id
            UNION ALL SELECT FROM bot WHERE bot.partner_id = message.author_id)
    WHERE chat.channel_type = 'livechat' GROUP BY chat.id, chat.create_date
)
SELECT 'C' || chat.id AS conversation_id, asked.asked_at AT TIME ZONE 'utc' AS asked_at,
    'web:' || coalesce(
        visitor.website_id,
        (SELECT min(site.id) FROM website AS site WHERE site.channel_id = chat.livechat_channel_id),
        {FIRST_SITE}) AS channel,
    'chat' AS medium, (
        SELECT min(message.date) FROM mail_message AS message
        JOIN staff ON staff.partner_id = message.author_id
        WHERE message.model = 'discuss.channel' AND message.res_id = chat.id
            AND message.message_type = 'comment' AND message.date >= asked.asked_at
    ) AT TIME ZONE 'utc' AS first_human_reply_at,
    chat.livechat_end_dt AT TIME ZONE 'utc' AS resolved_at, (
        SELECT max(rated.rating) FROM rating_rating AS rated
        WHERE rated.res_model = 'discuss.channel' AND rated.res_id = chat.id
            AND rated.consumed AND rated.rating > 0
    ) AS rating
FROM discuss_channel AS chat
JOIN asked ON asked.id = chat.id
LEFT JOIN website_visitor AS visitor ON visitor.id = chat.livechat_visitor_id
UNION ALL
SELECT 'T' || task.id, task.create_date AT TIME ZONE 'utc',
    coalesce(
        CASE WHEN sale.id IS NOT NULL THEN {SALE_CHANNEL} END, purchase.channel, 'project:' || project.id),
    'email', (
        SELECT min(message.date) FROM mail_message AS message
        JOIN staff ON staff.partner_id = message.author_id
        LEFT JOIN mail_message_subtype AS subtype ON subtype.id = message.subtype_id
        WHERE message.model = 'project.task' AND message.res_id = task.id
            AND message.message_type IN ('comment', 'email', 'email_outgoing')
            AND NOT coalesce(message.is_internal, subtype.internal, false)
            AND message.date >= task.create_date
    ) AT TIME ZONE 'utc',
    CASE WHEN task.state IN ('1_done', '1_canceled')
        THEN coalesce(task.date_end, task.date_last_stage_update) AT TIME ZONE 'utc' END, (
        SELECT max(rated.rating) FROM rating_rating AS rated
        WHERE rated.res_model = 'project.task' AND rated.res_id = task.id
            AND rated.consumed AND rated.rating > 0)
FROM project_task AS task
JOIN project_project AS project ON project.id = task.project_id
JOIN setting ON project.name->>'en_US' = setting.support_project
LEFT JOIN sale_order AS sale ON sale.id = task.sale_order_id
{last_purchase("task.partner_id", "task.create_date")}
WHERE NOT coalesce(task.is_template, false)
""",
    any_of=("im_livechat_channel", "project_task"),
    known_by={"resolved_at": "discuss_channel.livechat_end_dt", "rating": "rating_rating"},
)

SURVEYS = Select(
    f"""
WITH question AS (
    SELECT DISTINCT ON (survey_id) * FROM survey_question
    WHERE question_type = 'scale' AND scale_min = 0 AND scale_max = 10 ORDER BY survey_id, sequence, id
)
SELECT 'U' || input.id AS survey_id, 'nps' AS kind,
    coalesce(purchase.channel, 'survey:' || question.survey_id) AS channel,
    input.create_date AT TIME ZONE 'utc' AS invited_at,
    CASE WHEN answer.value_scale IS NOT NULL
        THEN coalesce(input.end_datetime, answer.create_date) AT TIME ZONE 'utc' END AS answered_at,
    answer.value_scale::float8 AS score, question.scale_min::float8 AS scale_min,
    question.scale_max::float8 AS scale_max, input.partner_id::text AS customer_ref, input.email,
    survey.title->>'en_US' AS touchpoint, (
        SELECT min(words.value_text_box) FROM survey_user_input_line AS words
        WHERE words.user_input_id = input.id AND words.answer_type = 'text_box') AS comment
FROM question
JOIN survey_survey AS survey ON survey.id = question.survey_id
JOIN survey_user_input AS input ON input.survey_id = question.survey_id
    AND NOT coalesce(input.test_entry, false)
LEFT JOIN survey_user_input_line AS answer ON answer.user_input_id = input.id
    AND answer.question_id = question.id AND NOT coalesce(answer.skipped, false)
{last_purchase("input.partner_id", "input.create_date")}
UNION ALL
SELECT 'R' || rated.id, 'csat',
    coalesce('web:' || visitor.website_id, purchase.channel, CASE rated.res_model
        WHEN 'discuss.channel' THEN 'web:' || {FIRST_SITE} ELSE 'rating:' || rated.res_model END),
    rated.create_date AT TIME ZONE 'utc',
    CASE WHEN rated.consumed AND rated.rating > 0
        THEN coalesce(rated.rated_on, rated.write_date) AT TIME ZONE 'utc' END,
    CASE WHEN rated.consumed AND rated.rating > 0 THEN rated.rating::float8 END, 1, 5,
    rated.partner_id::text, NULL, 'service', rated.feedback
FROM rating_rating AS rated
LEFT JOIN discuss_channel AS chat ON rated.res_model = 'discuss.channel' AND chat.id = rated.res_id
LEFT JOIN website_visitor AS visitor ON visitor.id = chat.livechat_visitor_id
{last_purchase("rated.partner_id", "rated.create_date")}
WHERE rated.res_model IN ('discuss.channel', 'project.task', 'helpdesk.ticket')
""",
    any_of=("survey_user_input_line.value_scale", "rating_rating"),
)
"""A person is asked about where they bought last; a survey of strangers keeps a name of its own."""

REVIEWS = Select(
    f"""
SELECT rated.id::text AS review_id,
    coalesce(rated.rated_on, rated.create_date) AT TIME ZONE 'utc' AS created_at,
    'web:' || coalesce(template.website_id, {FIRST_SITE}) AS channel, round(rated.rating)::int AS stars, (
        SELECT {SKU} FROM product_product AS product
        WHERE product.product_tmpl_id = template.id ORDER BY product.active DESC, product.id LIMIT 1) AS sku
FROM rating_rating AS rated
JOIN product_template AS template ON template.id = rated.res_id
WHERE rated.res_model = 'product.template' AND rated.consumed AND rated.rating > 0
    AND NOT coalesce(rated.is_internal, false)
""",
    any_of=("product_template.website_id",),
)
