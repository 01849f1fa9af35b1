"""The settings: every gap at once, no secret in a message, a slip recognised."""

from pathlib import Path

import pytest

from app.bootstrap import build
from app.domain.errors import Misconfigured
from app.settings import Settings, read_settings, unknown_names, words_settings
from tests.installation import ACCOUNT, environment, settings_for

SECRET = "hush-hush-hush"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env file, and no variable of the machine that runs the tests."""
    for name in environment(""):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    program = Path(__file__).parents[1] / "app" / "program.example.toml"
    for name, value in environment("redis://127.0.0.1:6379/0", program=program).items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal() -> str:
    with pytest.raises(Misconfigured) as refused:
        read_settings()
    return str(refused.value)


def test_every_missing_setting_is_named_at_once() -> None:
    sentence = refusal()
    for name in ("REDIS_URL", "PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PROGRAM"):
        assert f"STOPWOORD_{name} is not set" in sentence
    assert "\n" not in sentence


def test_what_is_set_is_read(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_TWILIO_NEXT_AUTH_TOKEN", SECRET)
    settings = read_settings()
    assert settings.twilio_account_sid == ACCOUNT
    assert settings.tokens[1:] == (SECRET,)
    assert settings.queues == settings.redis_url
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_AUTH_TOKEN", ""),
        ("TWILIO_ACCOUNT_SID", f"SK{SECRET}"),
        ("PUBLIC_URL", f"ftp://{SECRET}"),
        ("EMBED_ORIGINS", f"https://{SECRET}.example/path"),
        ("EMBED_ORIGINS", f"https://a.example https://{SECRET}"),
        ("EMBED_ORIGINS", f"*.{SECRET}.example"),
        ("EMBED_ORIGINS", f"https://a.example; script-src {SECRET}"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", f"https://sms.example.org/?{SECRET}"),
        ("PUBLIC_URL", f"https://sms.example.org/#{SECRET}"),
        ("PUBLIC_URL", "http://h:99999"),
        ("PUBLIC_URL", "http://h:abc"),
        ("PUBLIC_URL", "http://["),
        ("TWILIO_URL", SECRET),
        ("PROVIDER_ANSWERS", SECRET),
        ("MIN_REPLICAS", SECRET),
        ("MIN_REPLICAS", "-1"),
        ("LEASE_SECONDS", "0"),
        ("GRACE_SECONDS", "nan"),
        ("PENDING_DAYS", "inf"),
        ("PROVIDER_TIMEOUT_SECONDS", "31"),
        ("LOG_LEVEL", SECRET),
        ("ERASURE_KEY", SECRET),
        ("PORT", "65536"),
        ("REDIS_URL", ""),
        ("REDIS_URL", SECRET),
        ("REDIS_URL", "redis://127.0.0.1:abc/0"),
        ("REDIS_URL", "redis://127.0.0.1/0?foo=bar"),
        ("QUEUE_URL", SECRET),
        ("QUEUE_URL", "redis://127.0.0.1:99999/0"),
        ("QUEUE_URL", "redis://127.0.0.1/0?foo=bar"),
    ],
)
def test_what_cannot_be_right_is_named_and_not_repeated(
    variables: pytest.MonkeyPatch, name: str, value: str
) -> None:
    variables.setenv(f"STOPWOORD_{name}", value)
    with pytest.raises(Misconfigured) as refused:
        build(read_settings())
    assert f"STOPWOORD_{name}" in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "web", "must be a whole number, such as 10"),
        ("PORT", "1.5", "must be a whole number, such as 10"),
        ("PORT", "9" * 5000, "must be a whole number, such as 10"),
        ("PORT", "", "must be a whole number, such as 10"),
        ("PORT", "65536", "must be 65535 or less"),
        ("TEXTS_PER_DAY", "0", "must be 1 or more"),
        ("LEASE_SECONDS", "0", "must be more than 0"),
        ("GRACE_SECONDS", "nan", "must be a number, such as 10 or 0.5"),
        ("PAUSE_AT_FAILURES", "1,5", "must be a number, such as 10 or 0.5"),
        ("PROVIDER_ANSWERS", "all", "must be 'default', 'advanced' or 'none'"),
        ("QUIET_HOURS", "maybe", "must be 'kept' or 'ignored'"),
        ("TWILIO_AUTH_TOKEN", "", "may not be empty"),
        ("REDIS_URL", "here", "must be the address of a store, such as redis://127.0.0.1:6379/0"),
    ],
)
def test_what_is_wrong_is_said_in_our_words(
    variables: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    variables.setenv(f"STOPWOORD_{name}", value)
    assert refusal() == f"STOPWOORD_{name}: {said}"


def test_every_setting_has_words_for_what_its_type_refuses(variables: pytest.MonkeyPatch) -> None:
    """A value that no number, name or address can be; what takes any text is not refused."""
    for name in Settings.model_fields:
        variables.setenv(f"STOPWOORD_{name.upper()}", "-1 ?#")
    sentence = refusal()
    assert "is not of the right form" not in sentence
    assert not [word for word in ("Input", "should", "valid") if word in sentence]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, ("127.0.0.1", 8000)),
        ({"PORT": "5000"}, ("0.0.0.0", 5000)),  # noqa: S104
        ({"PORT": "5000", "STOPWOORD_HOST": "10.0.0.1"}, ("10.0.0.1", 5000)),
        ({"PORT": "5000", "STOPWOORD_PORT": "9000"}, ("127.0.0.1", 9000)),
        ({"PORT": ""}, ("127.0.0.1", 8000)),
    ],
)
def test_the_web_listens_where_the_host_wants_it(
    variables: pytest.MonkeyPatch, given: dict[str, str], address: tuple[str, int]
) -> None:
    for name, value in given.items():
        variables.setenv(name, value)
    settings = read_settings()
    assert (settings.host, settings.port) == address


def test_a_port_of_the_host_that_is_none_is_named_as_the_host_named_it(
    variables: pytest.MonkeyPatch,
) -> None:
    variables.setenv("PORT", "web")
    assert refusal().startswith("PORT: ")


def test_every_slip_is_named_at_once(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_PORT", "web")
    variables.setenv("STOPWOORD_LOG_LEVEL", "LOUD")
    variables.delenv("STOPWOORD_PROGRAM")
    sentence = refusal()
    assert all(f"STOPWOORD_{name}" in sentence for name in ("PORT", "LOG_LEVEL", "PROGRAM"))


def test_a_trailing_slash_of_the_public_address_does_not_count(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_PUBLIC_URL", "https://sms.example.org/gateway/")
    assert read_settings().public_url == "https://sms.example.org/gateway"


def test_a_name_that_means_nothing_is_told_with_the_one_it_resembles(
    variables: pytest.MonkeyPatch,
) -> None:
    variables.setenv("STOPWOORD_REDIS_ULR", "redis://127.0.0.1")
    variables.setenv("STOPWOORD_ZZZZZZ", "1")
    assert unknown_names() == {"STOPWOORD_REDIS_ULR": "STOPWOORD_REDIS_URL", "STOPWOORD_ZZZZZZ": ""}


def test_building_connects_to_nothing(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_REDIS_URL", "redis://127.0.0.1:9/0")
    assert build(read_settings()).program.brand == "Klaverblad"
    assert settings_for("redis://127.0.0.1:9/0", program=read_settings().program).port == 8000


@pytest.fixture
def left_by_up(tmp_path: Path) -> None:
    """What `stopwoord up` with its own store and sandbox left in the directory."""
    left = environment("unix:///up/store.sock", twilio_url="http://127.0.0.1:8900", provider_answers="none")
    (tmp_path / ".stopwoord").mkdir()
    text = "".join(f"{name}={value}\n" for name, value in left.items())
    (tmp_path / ".stopwoord" / "development.env").write_text(text)


@pytest.mark.usefixtures("left_by_up")
def test_what_up_left_is_found_by_the_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOPWOORD_LOG_LEVEL", "DEBUG")
    settings = read_settings()
    assert settings.redis_url == "unix:///up/store.sock"
    assert (settings.provider_answers, words_settings().provider_answers) == ("none", "none")


@pytest.mark.usefixtures("left_by_up")
@pytest.mark.parametrize(
    ("name", "value"),
    [("STOPWOORD_REDIS_URL", "redis://real:6379"), ("STOPWOORD_TWILIO_ACCOUNT_SID", "AC" + "1" * 32)],
)
@pytest.mark.parametrize("in_file", [True, False])
def test_nothing_that_up_left_is_mixed_into_another_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, *, in_file: bool
) -> None:
    if in_file:
        (tmp_path / ".env").write_text(f"{name}={value}\n")
    else:
        monkeypatch.setenv(name, value)
    sentence = refusal()
    rest = {"REDIS_URL", "TWILIO_ACCOUNT_SID", "PUBLIC_URL", "TWILIO_AUTH_TOKEN", "PROGRAM"}
    for missing in rest - {name.removeprefix("STOPWOORD_")}:
        assert f"STOPWOORD_{missing} is not set" in sentence
    monkeypatch.setenv("STOPWOORD_PROGRAM", "program.toml")
    assert words_settings().provider_answers == "default"


def test_a_slip_in_the_file_is_found_like_one_in_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STOPWOORD_PROGRAMM=mine.toml\nOTHER=1\n")
    assert unknown_names() == {"STOPWOORD_PROGRAMM": "STOPWOORD_PROGRAM"}


def test_the_sandbox_s_own_settings_are_no_slips(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_SANDBOX_OPTOUT", "default")
    assert unknown_names() == {}


@pytest.mark.parametrize("url", ["https://api.twilio.com", "https://api.dublin.ie1.twilio.com"])
def test_quiet_hours_are_ignored_in_a_sandbox_only(variables: pytest.MonkeyPatch, url: str) -> None:
    variables.setenv("STOPWOORD_QUIET_HOURS", "ignored")
    assert read_settings().quiet_hours == "ignored"
    variables.setenv("STOPWOORD_TWILIO_URL", url)
    assert "QUIET_HOURS: cannot be 'ignored' with Twilio itself" in refusal()


def test_the_numbers_of_colleagues_are_whole_numbers(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("STOPWOORD_TEST_NUMBERS", "+31612345678, +31687654321,")
    assert {number.e164 for number in read_settings().testers} == {"+31612345678", "+31687654321"}
    variables.setenv("STOPWOORD_TEST_NUMBERS", "0612345678")
    assert "TEST_NUMBERS: must be numbers such as +31612345678" in refusal()
