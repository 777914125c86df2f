"""Settings: every documented one is read, every typo is one plain line, and no secret shows in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.business import Business, Channel, Event, IntendedDifference, StoreSetting, Target
from connectors.errors import SettingsError, UnknownNameError
from connectors.rates import Rate
from connectors.settings import Settings, load_settings
from connectors.text import Text

SECRETS = """
identity_secret = "a long and secret text"
[connections.webshop]
system = "files"
path = "exports/webshop"
[connections.counters]
orders_of = "webshop"
timezone = "Asia/Tokyo"
system = "files"
path = "exports/footfall"
"""
BUSINESS = """
timezone = "Asia/Shanghai"
currency = "CNY"
country = "CN"
[channels.store]
kind = "offline"
title = { en = "Stores", zh = "门店" }
match = ["counters:*", "webshop:pos"]
[channels.web]
kind = "online"
[stores.huaihai]
title = "Huaihai Road"
match = ["webshop:12", "counters:HH"]
[[targets]]
kpi = "on_time_delivery"
where = { channel = "web" }
from = 2026-01-01
at_least = 0.95
near = 0.01
[margins]
nps = 8
[weights]
deliver = 20
[[events]]
title = { en = "Double 11", zh = "双11" }
from = 2026-11-01
to = 2026-11-11
kind = "promotion"
[[intended_differences]]
what = "category"
value = "Clearance"
[rates]
USD = 7.1
[extracts]
comments = false
personal = true
[snapshots]
keep = 5
"""


def settings(folder: Path, secrets: str = SECRETS, business: str = BUSINESS, mode: int = 0o600) -> Settings:
    (folder / "secrets.toml").write_text(secrets, encoding="utf-8")
    (folder / "secrets.toml").chmod(mode)
    (folder / "business.toml").write_text(business, encoding="utf-8")
    return load_settings(folder, folder / "data")


def refusal(folder: Path, secrets: str = SECRETS, business: str = BUSINESS) -> str:
    with pytest.raises(SettingsError) as caught:
        settings(folder, secrets, business)
    assert len(caught.value.text.en.splitlines()) == 1
    assert caught.value.text.zh != caught.value.text.en
    return str(caught.value)


def test_every_documented_business_setting_is_read(tmp_path: Path) -> None:
    assert settings(tmp_path).business == Business(
        timezone="Asia/Shanghai",
        currency="CNY",
        country="CN",
        channels=(
            Channel("store", "offline", Text("Stores", "门店"), ("counters:*", "webshop:pos")),
            Channel("web", "online", Text("web", "web")),
        ),
        stores=(
            StoreSetting("huaihai", Text("Huaihai Road", "Huaihai Road"), ("webshop:12", "counters:HH")),
        ),
        targets=(
            Target("on_time_delivery", {"channel": "web"}, dt.date(2026, 1, 1), None, 0.95, None, 0.01),
        ),
        events=(Event(Text("Double 11", "双11"), dt.date(2026, 11, 1), dt.date(2026, 11, 11), "promotion"),),
        rates=(Rate(None, "USD", Decimal("7.1")),),
        margins={"nps": 8.0},
        weights={"deliver": 20.0},
        intended_differences=(IntendedDifference("category", "Clearance"),),
        kept_versions=5,
        personal_extracts=True,
    )


def test_connections_are_read_in_order_with_their_zones(tmp_path: Path) -> None:
    read = settings(tmp_path)
    assert [
        (connection.name, connection.system, connection.timezone, connection.orders_of)
        for connection in read.connections
    ] == [("webshop", "files", "Asia/Shanghai", None), ("counters", "files", "Asia/Tokyo", "webshop")]
    assert read.connections[1].options == {"path": "exports/footfall"}
    assert read.identity_secret == SECRETS.split('"')[1]
    assert not read.is_demo
    assert read.warnings == ()


def test_without_files_the_demo_shop_is_shown(tmp_path: Path) -> None:
    read = load_settings(tmp_path, tmp_path / "data")
    assert read.is_demo
    assert [(connection.name, connection.system) for connection in read.connections] == [
        ("demo", "demo"),
        ("traffic", "files"),
    ]
    assert read.connections[1].orders_of == "demo"
    assert read.connections[1].options == {"path": str(tmp_path / "data" / "demo" / "traffic")}


def test_sections_given_replace_the_demo_s_own(tmp_path: Path) -> None:
    (tmp_path / "business.toml").write_text('[[targets]]\nkpi = "nps"\nat_least = 1\n')
    read, demo = load_settings(tmp_path, tmp_path), load_settings(tmp_path.parent, tmp_path)
    assert [target.kpi for target in read.business.targets] == ["nps"]
    assert read.business.channels == demo.business.channels


def test_beside_channels_of_ones_own_nothing_speaks_of_the_demo_s(tmp_path: Path) -> None:
    (tmp_path / "business.toml").write_text('[channels.shop]\nkind = "online"\nmatch = ["shop:web"]\n')
    business = load_settings(tmp_path, tmp_path).business
    assert [channel.id for channel in business.channels] == ["shop"]
    assert (business.targets, business.events, business.intended_differences) == ((), (), ())


def test_a_business_says_nothing_it_was_not_told(tmp_path: Path) -> None:
    assert settings(tmp_path, business="").business == Business(timezone="UTC", currency=None, country=None)


def test_files_of_windows_are_read(tmp_path: Path) -> None:
    assert settings(tmp_path, business="\ufeff" + BUSINESS.replace("\n", "\r\n")).business.currency == "CNY"


def test_streamlit_s_own_login_section_is_left_alone(tmp_path: Path) -> None:
    assert settings(tmp_path, SECRETS + '[auth]\ncookie_secret = "x"\n').connections


def test_a_channel_is_matched_by_connection_and_name(tmp_path: Path) -> None:
    business = settings(tmp_path).business
    assert business.channel_of("counters", "door 3") == "store"
    assert business.channel_of("webshop", "pos") == "store"
    assert business.channel_of("webshop", "POS") == "POS"
    assert business.channel_of("webshop", "web") == "web"
    assert [business.kind_of(channel) for channel in ("store", "web", "POS")] == [
        "offline",
        "online",
        "unknown",
    ]


def test_a_store_is_matched_by_connection_and_name(tmp_path: Path) -> None:
    business = settings(tmp_path).business
    assert business.store_of("webshop", "12") == business.store_of("counters", "HH") == "huaihai"
    assert business.store_of("counters", "12") == "12"


def test_the_first_match_in_the_file_wins() -> None:
    title = Text("", "")
    channels = (Channel("pos", "offline", title, ("a:pos",)), Channel("rest", "online", title, ("a:*",)))
    business = Business(channels=channels)
    assert [business.channel_of("a", name) for name in ("pos", "app")] == ["pos", "rest"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("timezone", "timzone", "business.toml: has no setting 'timzone'; there is: channels, "),
        ("timezone", "timzone", "Did you mean 'timezone'?"),
        ("Asia/Shanghai", "Asia/Shangai", "Did you mean 'Asia/Shanghai'?"),
        ('kind = "offline"', 'knd = "offline"', "[channels.store] has no setting 'knd'; there is: kind"),
        ('kind = "offline"', "", "[channels.store] needs the setting 'kind'."),
        ("offline", "offlin", "'kind' is 'offlin', which does not exist; there is: offline, online. Did you"),
        ("[channels.store]", "[chanels.store]", "Did you mean 'channels'?"),
        ("[channels.store]", "[channels]\nweb2 = 1\n[channels.store]", "[channels] 'web2' must be a section"),
        ("webshop:pos", "pos", "'match' holds 'pos'; a pattern is connection:name, such as 'tills:*'."),
        ('match = ["webshop:12"', "match = [12", "[stores.huaihai] 'match' must be a list of texts"),
        ('zh = "门店"', 'cn = "门店"', "[channels.store] title has no setting 'cn'; there is: en, zh."),
        ('"Huaihai Road"', "7", "[stores.huaihai] 'title' must be a text, or {"),
        ('"CNY"', '"yuan"', "'currency' is 'yuan'; it must be three capital letters"),
        ('"CN"', '"China"', "'country' is 'China'; it must be a country's two capital letters"),
        ('kpi = "on_time_delivery"', "", "[[targets]] 1 needs the setting 'kpi'."),
        ("at_least = 0.95", "", "[[targets]] 1 needs the setting 'at_least' or 'at_most'."),
        ("at_least = 0.95", "at_least = 0.95\nat_most = 0.9", "'at_least' (0.95) must not be above"),
        ("at_least = 0.95", "at_least = 0.95\nto = 2025-12-31", "'from' (2026-01-01) must not be after 'to'"),
        ("at_least = 0.95", 'at_least = "95 %"', "'at_least' must be a number, not a text."),
        ("at_least = 0.95", "at_least = nan", "'at_least' must be a number, not nan or infinity."),
        ("near = 0.01", "near = -0.01", "'near' is -0.01; it must be 0 or more."),
        ("from = 2026-01-01", 'from = "2026-01-01"', "'from' must be a day such as 2026-11-01, without"),
        ("from = 2026-01-01", "from = 2026-01-01T00:00:00", "'from' must be a day such as"),
        ("{ channel = ", "{ chanel = ", "[[targets]] 1 where has no setting 'chanel'; there is: campaign"),
        ("[[targets]]", "[targets]", "'targets' is written as [[targets]], once for each entry."),
        ("nps = 8", "nps = -8", "[margins] 'nps' is -8; it must be 0 or more."),
        ("deliver = 20", "deliver = true", "[weights] 'deliver' must be a number, not true or false."),
        ("to = 2026-11-11", "to = 2026-10-11", "[[events]] 1 'from' (2026-11-01) must not be after 'to'"),
        ("to = 2026-11-11", "", "[[events]] 1 needs the setting 'to'."),
        ('"promotion"', '"promo"', "Did you mean 'promotion'?"),
        ('"category"', '"categry"', "Did you mean 'category'?"),
        ("USD = 7.1", "USD = 0", "[rates] 'USD' must be above 0."),
        ("USD = 7.1", "usd = 7.1", "[rates] 'usd' must be a currency's three capital letters"),
        ("USD = 7.1", "CNY = 7.1", "[rates] holds CNY, which is the reporting currency"),
        ("personal = true", 'personal = "yes"', "[extracts] 'personal' must be true or false, not a text."),
        ("comments = false", "coments = false", "Did you mean 'comments'?"),
        ("keep = 5", "keep = 1", "[snapshots] 'keep' is 1; it must be a whole number from 2 to 100."),
        ("keep = 5", "keep = 2.5", "[snapshots] 'keep' is 2.5; it must be a whole number"),
        ("keep = 5", "keep = 101", "it must be a whole number from 2 to 100."),
        ("nps = 8", "nps 8", "business.toml, line 21: this is not valid TOML"),
        ("[margins]", "[weights]", "business.toml"),
    ],
)  # fmt: skip
def test_a_typo_in_business_toml_is_one_plain_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in BUSINESS
    assert words in refusal(tmp_path, business=BUSINESS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("identity_secret", "identity_secrt", "secrets.toml: has no setting 'identity_secrt'"),
        ("a long and secret text", "short", "'identity_secret' must have at least 16 characters."),
        ("[connections.webshop]", "[conections.webshop]", "Did you mean 'connections'?"),
        ("[connections.webshop]", '[connections."web:shop"]', "is no name for a connection"),
        ('system = "files"', 'system = "file"', "Did you mean 'files'?"),
        ('system = "files"', "", "[connections.webshop] needs the setting 'system'."),
        ('orders_of = "webshop"', 'orders_of = "webshp"', "Did you mean 'webshop'?"),
        ("Asia/Tokyo", "Tokyo", "[connections.counters] 'timezone' is 'Tokyo', which does not exist"),
        ('system = "files"', "system = 1", "'system' must be a text in quotes such as \"...\", not a whole"),
        ("[connections.counters]", "[connections.webshop]", "secrets.toml, line 6: this is not valid TOML"),
    ],
)  # fmt: skip
def test_a_typo_in_secrets_toml_is_one_plain_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SECRETS
    assert words in refusal(tmp_path, secrets=SECRETS.replace(old, new, 1))


@pytest.mark.parametrize("broken", ['url = "canary', "identity_secret = canary", 'connections = ["canary"]'])
def test_no_message_repeats_a_secret(tmp_path: Path, broken: str) -> None:
    assert "canary" not in refusal(tmp_path, secrets=broken)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "business.toml").write_bytes('timezone = "上海"'.encode("gbk"))
    with pytest.raises(SettingsError, match=r"^business.toml is not UTF-8 text; save it"):
        load_settings(tmp_path, tmp_path)


def test_a_missing_settings_folder_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    with pytest.raises(SettingsError, match=r"there is no settings folder .* Did you mean '.streamlit'\?"):
        load_settings(tmp_path / ".streamlt", tmp_path)


def test_an_unknown_connection_names_the_nearest(tmp_path: Path) -> None:
    read = settings(tmp_path)
    assert read.connection_named("webshop") is read.connections[0]
    with pytest.raises(UnknownNameError, match=r"no connection 'webshp'.*Did you mean 'webshop'\?"):
        read.connection_named("webshp")


def test_secrets_that_others_can_read_are_a_warning(tmp_path: Path) -> None:
    assert "chmod 600" in settings(tmp_path, mode=0o644).warnings[0].en


def test_a_pattern_of_no_connection_is_a_warning(tmp_path: Path) -> None:
    read = settings(tmp_path, business=BUSINESS.replace("counters:*", "conters:*"))
    (warning,) = read.warnings
    assert "[channels.store] matches 'conters:*', but there is no such connection" in warning.en
    assert warning.en.endswith("there is: counters, webshop. Did you mean 'counters'?")


def test_a_relative_path_starts_where_it_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, here = tmp_path / "config", tmp_path / "here"
    for folder in (config, here):
        folder.mkdir()
    monkeypatch.chdir(here)
    assert settings(config).connections[0].folder == here
    (config / "exports" / "webshop").mkdir(parents=True)
    assert settings(config).connections[0].folder == config
    (here / "exports" / "webshop").mkdir(parents=True)
    assert settings(config).connections[0].folder == here
