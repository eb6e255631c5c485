"""accounts:account_detail"""


def test_everybody_finds_password_pin_and_table(as_kader):
    text = as_kader.get("/akun/").content.decode()
    assert all(url in text for url in ("/akun/kata-sandi/", "/akun/pin/", "/akun/meja/"))
    assert "/kader/" not in text


def test_a_ketua_finds_her_kader_and_phones(as_ketua):
    text = as_ketua.get("/akun/").content.decode()
    assert "/kader/" in text
    assert "/hp/" in text
    assert "/pengguna/" not in text
