"""A thread keeps its connection to the store, and neither another thread nor a forked child gets hold of it."""

import os
import threading

import redis

from app.store.connection import OwnConnection, connect


def name_of(own: OwnConnection) -> int:
    return int(own.client.client_id())


def test_a_thread_keeps_its_connection_and_no_other_has_it(store_url: str) -> None:
    own, found = OwnConnection(connect(store_url)), list[int]()
    mine = name_of(own)
    other = threading.Thread(target=lambda: found.append(name_of(own)))
    other.start()
    other.join()
    assert name_of(own) == mine
    assert found != [mine]


def test_a_forked_child_connects_anew(store_url: str) -> None:
    own = OwnConnection(connect(store_url))
    mine = name_of(own)
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.write(writing, str(name_of(own)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reading, 100)) != mine
    assert name_of(own) == mine
    os.close(reading)
    os.close(writing)


def test_a_connection_that_the_server_ended_is_made_again(store_url: str) -> None:
    own = OwnConnection(connect(store_url))
    mine = name_of(own)
    with redis.Redis.from_url(store_url) as other:
        other.client_kill_filter(_id=str(mine))
    assert name_of(own) != mine
