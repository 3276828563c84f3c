"""Who is told: in order, weakly for methods, and never after having been removed."""

import gc

from annotator.workbench.listeners import Listeners


class Panel:
    def __init__(self, told):
        self._told = told

    def hear(self, message):
        self._told.append(message)


def test_all_are_told_in_order():
    told = []
    listeners = Listeners()
    listeners.add(lambda message: told.append(("first", message)))
    listeners.add(lambda message: told.append(("second", message)))
    listeners.tell(7)
    assert told == [("first", 7), ("second", 7)]


def test_a_method_does_not_keep_its_owner_alive():
    told = []
    panel = Panel(told)
    listeners = Listeners()
    listeners.add(panel.hear)
    listeners.tell(1)
    del panel
    gc.collect()
    listeners.tell(2)
    assert told == [1]


def test_one_that_was_removed_is_not_told():
    told = []
    panel, other = Panel(told), Panel(told)
    listeners = Listeners()
    for one in (panel, other):
        listeners.add(one.hear)
    listeners.remove(panel.hear)
    listeners.tell("x")
    assert told == ["x"]


def test_a_listener_may_remove_another_while_they_are_told():
    told = []
    panel = Panel(told)
    listeners = Listeners()
    listeners.add(lambda message: listeners.remove(panel.hear))
    listeners.add(panel.hear)
    listeners.tell(1)
    assert told == []


def test_a_listener_may_remove_another_while_a_third_has_died():
    told = []
    dead, panel, living = Panel(told), Panel(told), Panel(told)
    listeners = Listeners()
    listeners.add(lambda message: listeners.remove(panel.hear))
    for one in (dead, panel, living):
        listeners.add(one.hear)
    del dead, one
    gc.collect()
    listeners.tell(1)
    assert told == [1]


def test_one_added_while_they_are_told_hears_the_next_message():
    told = []
    panel = Panel(told)
    listeners = Listeners()
    listeners.add(lambda message: listeners.add(panel.hear) if message == 1 else None)
    listeners.tell(1)
    listeners.tell(2)
    assert told == [2]
