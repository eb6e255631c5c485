"""accounts:table_edit"""

import pytest

URL = "/akun/meja/"


def test_the_table_is_chosen_once_and_kept_while_she_is_in(as_kader):
    assert as_kader.post(URL, {"meja": "3"}).status_code == 302
    assert as_kader.session["meja"] == 3
    assert "Meja 3" in as_kader.get("/akun/").content.decode()


def test_all_tables_again(as_kader):
    as_kader.post(URL, {"meja": "3"})
    as_kader.post(URL, {"meja": ""})
    assert as_kader.session["meja"] is None


@pytest.mark.parametrize("table", ["0", "6", "x"])
def test_there_are_five_tables(as_kader, table):
    assert as_kader.post(URL, {"meja": table}).status_code == 422
    assert "meja" not in as_kader.session
