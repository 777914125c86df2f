"""The system `files`: folders of CSV and Parquet, read whole or refused in plain words."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import csv_file
from connectors.connector import Connection
from connectors.csv_file import csv_chunks, csv_header
from connectors.errors import ConnectorError, SettingsError, SourceError
from connectors.systems import open_connection
from connectors.tables import Stores, name_of

STORES = "store_id,channel,title\n1,store,Huaihai\n"


def read(folder: Path) -> dict[str, pl.DataFrame]:
    with open_connection(Connection("shop", "files", "UTC", {"path": str(folder)})) as source:
        return {name_of(table): pl.concat(source.chunks(table)) for table in source.tables()}


def refusal(folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(folder)
    assert caught.value.text.zh != caught.value.text.en
    assert len(caught.value.text.en.splitlines()) <= 2
    return str(caught.value)


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_csv_is_read_as_text_with_empty_cells_as_null(tmp_path: Path) -> None:
    write(tmp_path, stores__csv="store_id, channel ,opened_on,title\n007,store,2020-01-05,\n")
    assert read(tmp_path)["stores"].rows(named=True) == [
        {"store_id": "007", "channel": "store", "opened_on": "2020-01-05", "title": None}
    ]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + STORES,
        STORES.replace("\n", "\r\n"),
        STORES.rstrip("\n"),
        STORES + "\n\n",
        STORES.replace("\n1", "\n,,\n1"),
        'store_id,"channel",title\n"1","store","Huaihai"\n',
    ],
    ids=["byte order mark", "windows", "no last line end", "blank lines", "row of empty cells", "quotes"],
)
def test_the_same_table_in_other_clothes_reads_the_same(tmp_path: Path, content: str) -> None:
    write(tmp_path, stores__csv=content)
    assert read(tmp_path)["stores"].rows() == [("1", "store", "Huaihai")]


def test_quoted_cells_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    write(tmp_path, stores__csv='store_id,channel,title\n1,store,"a, ""b""\nc"\n2,store,门店\n')
    assert read(tmp_path)["stores"]["title"].to_list() == ['a, "b"\nc', "门店"]


def test_a_header_alone_is_an_empty_table_with_its_columns(tmp_path: Path) -> None:
    write(tmp_path, stores__csv="store_id,channel\n")
    with open_connection(Connection("shop", "files", "UTC", {"path": str(tmp_path)})) as source:
        chunks = list(source.chunks(Stores))
    assert [(chunk.height, chunk.columns) for chunk in chunks] == [(0, ["store_id", "channel"])]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    visit = {"started_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "channel": "store", "visits": 3}
    pl.DataFrame([visit]).write_parquet(tmp_path / "visits.parquet")
    frame = read(tmp_path)["visits"]
    assert frame.rows(named=True) == [visit]
    assert frame.schema["visits"] == pl.Int64


def test_a_folder_of_files_is_one_table_with_the_columns_of_all(tmp_path: Path) -> None:
    parts = tmp_path / "stores"
    parts.mkdir()
    write(parts, a__csv="store_id,channel\n1,store\n", b__csv="channel,store_id,region\nstore,2,East\n")
    pl.DataFrame({"store_id": ["3"], "channel": ["store"]}).write_parquet(parts / "c.parquet")
    assert read(tmp_path)["stores"].rows() == [
        ("1", "store", None),
        ("2", "store", "East"),
        ("3", "store", None),
    ]


def test_plain_columns_stand_in_for_hashes(tmp_path: Path) -> None:
    write(tmp_path, customers__csv="customer_ref,email,phone,member_no\n1,a@b.cn,138,M1\n")
    assert read(tmp_path)["customers"].columns == ["customer_ref", "email", "phone", "member_no"]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        stores__csv=STORES,
        rates__csv="day,currency,rate\n",
        README__md="hello",
        **{"._stores__csv": "x", "~$stores__csv": "x"},
    )
    (tmp_path / "notes").mkdir()
    assert list(read(tmp_path)) == ["stores"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "store_id,chanel\n",
            "stores.csv has columns that stores does not: 'chanel' (Did you mean 'channel'?)",
        ),
        ("store_id,channel,colour,tone\n", "'colour', 'tone'"),
        ("title,region\n", "stores.csv lacks what every row of stores needs: store_id, channel."),
        ("store_id,channel,channel\n", "columns of the same name: channel"),
        ("store_id,channel,\n", "stores.csv, line 1: has no name for column 3."),
        ("", "stores.csv, line 1: holds no column names."),
        ("\ufeff\r\n", "stores.csv, line 1: holds no column names."),
        ("store_id;channel\n1;store\n", "stores.csv, line 1: must separate its columns with commas."),
        ("store_id\tchannel\n1\tstore\n", "stores.csv, line 1: must separate its columns with commas."),
        ("store_id,channel\r1,store\r", "stores.csv, line 1: must end its lines with LF or CR LF."),
        ("store_id,channel\n1,store\n2,store,x\n", "stores.csv, line 3: has 3 cells where the header has 2."),
        ("store_id,channel\n1,store\n\n2\n", "stores.csv, line 4: has 1 cells where the header has 2."),
        (
            'store_id,channel,title\n1,store,"a\nb"\n2,',
            "stores.csv, line 4: has 2 cells where the header has 3.",
        ),
        (
            'store_id,channel\n1,store\n2,"store\n3,store\n',
            "stores.csv, line 3: has a quotation mark that is",
        ),
        ('store_id,channel\n1,27" x\n2,y\n', "stores.csv, line 2: has a quotation mark that is not closed"),
        (
            "store_id,channel\n1,store\n2,门店\n".encode("gbk"),
            "stores.csv, line 3: is not UTF-8; in Excel, save",
        ),
        ("store_id,channel,门店\n".encode("gbk"), "stores.csv, line 1: is not UTF-8"),
        ("store_id,channel\n1,store\n".encode("utf-16"), "stores.csv, line 1: is not UTF-8"),
    ],
)
def test_a_wrong_csv_is_refused_by_name_and_line(tmp_path: Path, content: str | bytes, words: str) -> None:
    write(tmp_path, stores__csv=content)
    assert words in refusal(tmp_path)


def test_an_unknown_column_lists_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, customers__csv="customer_ref,mail\n")
    message = refusal(tmp_path)
    assert "Did you mean 'email'?" in message
    assert "There is: customer_ref, email_hash" in message


def test_a_plain_column_and_its_hash_exclude_each_other(tmp_path: Path) -> None:
    write(tmp_path, customers__csv="customer_ref,email,email_hash\n")
    assert "has both 'email' and 'email_hash'" in refusal(tmp_path)


def test_a_file_named_like_no_table_is_refused(tmp_path: Path) -> None:
    write(tmp_path, store__csv=STORES)
    assert refusal(tmp_path).endswith("Did you mean 'stores'?")


def test_a_table_in_another_format_is_refused(tmp_path: Path) -> None:
    write(tmp_path, stores__xlsx=b"PK")
    assert refusal(tmp_path) == "stores.xlsx is neither CSV nor Parquet; save it as stores.csv."


def test_a_table_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, stores__csv=STORES, stores__parquet=b"")
    assert "'stores.csv' and 'stores.parquet' hold the same table" in refusal(tmp_path)


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, stores__parquet=b"PAR1 and nothing else")
    assert refusal(tmp_path) == "stores.parquet is damaged or no Parquet file."


def test_parquet_damaged_inside_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "products.parquet"
    pl.DataFrame({"sku": [f"sku {number}" for number in range(5000)]}).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[4:400] = bytes(396)
    path.write_bytes(content)
    assert refusal(tmp_path) == "products.parquet is damaged or no Parquet file."


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    assert "holds no table; files are named orders.csv" in refusal(tmp_path)


def test_a_table_folder_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "visits").mkdir()
    assert refusal(tmp_path) == "the folder 'visits' holds no CSV or Parquet file."


def test_a_missing_folder_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "footfall").mkdir()
    assert refusal(tmp_path / "footfal" / "2026").endswith(
        f"is not in '{tmp_path}'. Did you mean 'footfall'?"
    )


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, stores__csv=STORES)
    assert refusal(tmp_path / "stores.csv").endswith("is a file, not a folder.")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stores.csv").symlink_to(tmp_path / "gone.csv")
    assert "cannot be read: No such file or directory" in refusal(tmp_path)


@pytest.mark.parametrize("options", [{}, {"path": 7}, {"path": " "}])
def test_a_connection_without_a_path_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"\[connections.shop\] needs the setting 'path'"):
        open_connection(Connection("shop", "files", "UTC", options))


def test_an_unknown_option_names_the_nearest() -> None:
    with pytest.raises(ConnectorError, match=r"has no setting 'pth'.*Did you mean 'path'\?"):
        open_connection(Connection("shop", "files", "UTC", {"pth": "exports"}))


def test_a_relative_path_starts_at_the_connection_s_folder(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    write(tmp_path / "exports", stores__csv=STORES)
    connection = Connection("shop", "files", "UTC", {"path": "exports"}, folder=tmp_path)
    with open_connection(connection) as source:
        assert source.tables() == [Stores]


def test_no_message_repeats_what_a_cell_holds(tmp_path: Path) -> None:
    write(tmp_path, customers__csv='customer_ref,email\n1,canary@example.com,x\n2,"canary@example.com\n')
    assert "canary" not in refusal(tmp_path)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=20), block=st.integers(1, 40))
def test_what_was_written_is_read_wherever_blocks_end(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], block: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "products.csv"
    text = io.StringIO()
    csv.writer(text).writerows([("sku", "title", "category"), *rows])
    path.write_bytes(text.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_file, "BLOCK", block)
        chunks = list(csv_chunks(path, csv_header(path)))
    given_rows = [row for row in rows if any(row)]
    read_rows = [tuple(cell or "" for cell in row) for chunk in chunks for row in chunk.rows()]
    assert read_rows == given_rows
