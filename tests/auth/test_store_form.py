"""Whether what REDIS_URL names can be our store: a master by itself, a cluster only where the URL says so."""

from __future__ import annotations

from typing import Any

import pytest

from auth.store.form import REPLICA, form_trouble, info
from auth.store.shared import OTHER_FORM, Store, StoreDown, StoreRefusal

MASTER = {"cluster": {"cluster_enabled": "0"}, "replication": {"role": "master"}}


class Server:
    """Answers INFO as redis-py has it; of a cluster, for each node that was asked."""

    def __init__(self, sections: dict[str, Any], is_up: bool = True, may_ask: bool = True) -> None:
        self._sections = sections
        self._is_up = is_up
        self._may_ask = may_ask

    async def execute_command(self, name: str, section: str) -> Any:
        if not self._may_ask:
            raise StoreRefusal("NOPERM")
        return self._sections[section]

    async def ping(self) -> None:
        if not self._is_up:
            raise ConnectionError


def _store(server: Server, is_plain: bool = True, trouble: str = "", embedded: bool = False) -> Store:
    store = Store(server, server, None, embedded=embedded)
    store.is_plain = is_plain
    store.trouble = trouble
    return store


@pytest.mark.parametrize(("sections", "trouble"), [
    (MASTER, ""),
    (MASTER | {"cluster": {}}, ""),
    (MASTER | {"cluster": {"cluster_enabled": "1"}}, OTHER_FORM),
    (MASTER | {"replication": {"role": "slave"}}, REPLICA),
])
async def test_a_single_server_is_a_master_and_no_node_of_a_cluster(sections: dict[str, Any], trouble: str) -> None:
    assert await form_trouble(_store(Server(sections))) == trouble


async def test_what_a_call_has_shown_is_told_where_the_server_says_nothing_of_it() -> None:
    assert await form_trouble(_store(Server(MASTER), trouble=OTHER_FORM)) == OTHER_FORM
    assert await form_trouble(_store(Server(MASTER, may_ask=False))) == ""


async def test_a_cluster_by_its_own_url_is_not_asked_what_it_is() -> None:
    nodes = Server({"cluster": {"cluster_enabled": "1"}, "replication": {"role": "slave"}})
    assert await form_trouble(_store(nodes, is_plain=False)) == ""


@pytest.mark.parametrize("is_plain", [True, False])
async def test_a_server_that_does_not_answer_is_down_whatever_its_form(is_plain: bool) -> None:
    with pytest.raises(StoreDown):
        await form_trouble(_store(Server(MASTER, is_up=False), is_plain))


async def test_a_store_inside_the_process_is_asked_nothing() -> None:
    assert await form_trouble(_store(Server({}, is_up=False), embedded=True)) == ""


@pytest.mark.parametrize(("answer", "nodes"), [
    ({"role": "master"}, [{"role": "master"}]),
    ({"one:1": {"role": "master"}}, [{"role": "master"}]),
    ({"one:1": {"role": "master"}, "two:2": {"role": "slave"}}, [{"role": "master"}, {"role": "slave"}]),
    ({"db0": {"keys": 1}, "role": "master"}, [{"db0": {"keys": 1}, "role": "master"}]),
    ({}, [{}]),
    ("unreadable", ["unreadable"]),
])
async def test_what_one_server_says_and_what_many_say_is_a_list(answer: Any, nodes: list[Any]) -> None:
    assert await info(_store(Server({"section": answer})), "section") == nodes
