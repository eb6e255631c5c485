"""The two commands and what they install say the same thing everywhere they are written down."""

import re
import tomllib

from tests.conventions.source import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$", re.M)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(text(name)))


def test_ci_runs_the_readmes_test_command():
    assert re.search(r"^exec make test$", text(".ci/run"), re.M)
    assert ".ci/test" in text("Makefile")


def test_every_target_of_the_makefile_says_what_it_does():
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    described = set(re.findall(r"^([a-z]+):[^\n]* ## \S", text("Makefile"), re.M))
    phony = set(re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.M).group(1).split())
    assert targets == described == phony


def test_every_pinned_package_has_its_hashes():
    for name in ("requirements/run.txt", "requirements/test.txt"):
        entries = re.split(r"^(?=[A-Za-z0-9])", text(name), flags=re.M)[1:]
        assert entries
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_tests_run_on_the_pins_that_are_installed():
    run, test = pins("requirements/run.txt"), pins("requirements/test.txt")
    assert {name: test.get(name) for name in run} == run


def test_every_package_we_ask_for_is_pinned():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    asked = [re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in project["dependencies"]]
    assert set(asked) <= set(pins("requirements/run.txt"))


def test_the_container_has_the_same_debian_packages_as_the_demo():
    run = re.search(r"^debian=\((.*)\)$", text(".ci/install"), re.M).group(1).split()
    in_container = re.search(r"--no-install-recommends (.*) \\$", text("Dockerfile"), re.M).group(1).split()
    assert run == in_container


def test_the_environments_example_names_every_key_that_has_no_default():
    needed = set(re.findall(r'env\.\w+\("([A-Z_]+)"\)', text("posyandu_spm/settings.py")))
    given = set(re.findall(r"^([A-Z_]+)=", text(".env.example"), re.M))
    assert needed <= given
