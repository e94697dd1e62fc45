"""What is kept of conditions and weights says what they say, whatever is put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random
from typing import Any

import pytest

from advisor.reasoning.relevance.formulas import (
    FALSE,
    NOTHING,
    TRUE,
    Factors,
    Formulas,
    Given,
    bits,
    lowest,
    union,
)

SIZES = (2, 3, 4)
# "all" or "any" and the parts, or a variable and the classes of it that are meant.
Said = tuple[Any, ...]


def random_condition(rng: Random, depth: int = 3) -> Said:
    if depth and rng.random() < 0.7:
        parts = [random_condition(rng, depth - 1) for _ in range(rng.randint(0, 3))]
        return (rng.choice(["all", "any"]), *parts)
    variable = rng.randrange(len(SIZES))
    size = SIZES[variable]
    return variable, frozenset(rng.sample(range(size), rng.randint(0, size)))


def means(said: Said, values: Sequence[int]) -> bool:
    kind, *rest = said
    if kind == "all":
        return all(means(part, values) for part in rest)
    if kind == "any":
        return any(means(part, values) for part in rest)
    return values[kind] in rest[0]


def kept(said: Said, formulas: Formulas) -> int:
    kind, *rest = said
    if kind == "all":
        return formulas.all(kept(part, formulas) for part in rest)
    if kind == "any":
        return formulas.any(kept(part, formulas) for part in rest)
    return formulas.literal(kind, union(1 << one for one in rest[0]))


def completions(given: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    return product(*((given[i],) if i in given else range(n) for i, n in enumerate(SIZES)))


def random_given(rng: Random) -> dict[int, int]:
    some = rng.sample(range(len(SIZES)), rng.randint(0, len(SIZES)))
    return {variable: rng.randrange(SIZES[variable]) for variable in some}


def whole(values: Sequence[int]) -> Given:
    return Given(dict(enumerate(values)))


@pytest.mark.parametrize("seed", range(100))
def test_a_condition_holds_where_it_says_and_what_is_left_of_it_does_too(seed: int) -> None:
    rng, formulas = Random(seed), Formulas(SIZES)
    said = random_condition(rng)
    condition = kept(said, formulas)
    for given in ({}, random_given(rng)):
        left = formulas.put(condition, Given(given))
        for values in completions(given):
            assert formulas.put(left, whole(values)) == (TRUE if means(said, values) else FALSE)
        assert not formulas.reads[left] & union(1 << variable for variable in given)
    assert formulas.put(condition, Given({})) == condition


@pytest.mark.parametrize("seed", range(100))
def test_a_condition_reads_every_variable_that_turns_it(seed: int) -> None:
    rng, formulas = Random(seed), Formulas(SIZES)
    said = random_condition(rng)
    read = set(bits(formulas.reads[kept(said, formulas)]))
    for values in completions({}):
        for variable, size in enumerate(SIZES):
            for value in range(size):
                other = (*values[:variable], value, *values[variable + 1 :])
                assert variable in read or means(said, values) == means(said, other)


def test_conditions_written_alike_are_one() -> None:
    formulas = Formulas(SIZES)
    one, two, three = (formulas.literal(variable, 0b01) for variable in range(3))
    for join, other in ((formulas.all, formulas.any), (formulas.any, formulas.all)):
        both = join((one, two))
        assert both == join((two, one)) == join([one, two, one])
        assert join((both, three)) == join((one, join((two, three)))) == join((one, two, three))
        assert join((both, other((one, three)))) == join((other((three, one)), two, one))
        assert join((one,)) == join((one, one)) == one
        assert other((both,)) == both
    assert formulas.all((one, two)) != formulas.any((one, two))


def test_in_which_order_parts_are_written_does_not_matter_among_many() -> None:
    formulas = Formulas([2] * 20)
    parts = [formulas.literal(variable, 0b01) for variable in range(20)]
    for one, other in combinations(parts, 2):
        assert formulas.all((one, other)) == formulas.all((other, one))


def test_what_is_said_of_one_variable_is_said_once() -> None:
    formulas = Formulas(SIZES)
    first, last, most = (formulas.literal(2, classes) for classes in (0b0001, 0b1000, 0b0111))
    other = formulas.literal(0, 0b01)
    assert formulas.any((first, last)) == formulas.literal(2, 0b1001)
    assert formulas.all((first, most)) == first
    assert formulas.any((first, other, last)) == formulas.any((formulas.literal(2, 0b1001), other))
    assert formulas.all((other, most, first)) == formulas.all((other, first))
    assert formulas.all((other, first, last)) == FALSE
    assert formulas.any((other, last, most)) == TRUE


def test_what_never_and_always_holds_is_known_for_that_and_left_out() -> None:
    formulas = Formulas(SIZES)
    one = formulas.literal(1, 0b101)
    assert (formulas.literal(1, 0), formulas.literal(1, 0b111)) == (FALSE, TRUE)
    assert (formulas.all(()), formulas.any(())) == (TRUE, FALSE)
    assert formulas.all((one, TRUE)) == formulas.any((one, FALSE)) == one
    assert formulas.all((one, FALSE)) == FALSE
    assert formulas.any((one, TRUE)) == TRUE
    assert formulas.reads[FALSE] == formulas.reads[TRUE] == 0
    assert formulas.reads[one] == 0b010


def test_a_store_grows_by_what_it_did_not_have() -> None:
    formulas = Formulas(SIZES)
    before = len(formulas)
    one, two = formulas.literal(0, 0b01), formulas.literal(1, 0b011)
    formulas.all((one, two))
    assert len(formulas) == before + 3
    formulas.all((two, formulas.literal(0, 0b01)))
    formulas.literal(1, 0)
    assert len(formulas) == before + 3


def test_a_copy_begins_with_the_same_and_grows_by_itself() -> None:
    formulas = Formulas(SIZES)
    one, two = formulas.literal(0, 0b01), formulas.literal(1, 0b011)
    other = formulas.copy()
    assert (other.literal(0, 0b01), other.literal(1, 0b111)) == (one, TRUE)
    in_other, both, either = (
        other.any((one, two)),
        formulas.all((one, two)),
        formulas.any((one, two)),
    )
    assert (len(other), len(formulas)) == (5, 6)
    for values in completions({}):
        first, second = values[0] == 0, values[1] < 2
        assert other.put(in_other, whole(values)) == (first or second)
        assert formulas.put(both, whole(values)) == (first and second)
        assert formulas.put(either, whole(values)) == (first or second)


def worth_of(chain: Sequence[tuple[int, Said]], values: Sequence[int]) -> int:
    """The first worth whose condition holds."""
    return next((worth for worth, said in chain if means(said, values)), 0)


@pytest.mark.parametrize("seed", range(150))
def test_a_factor_adds_the_first_worth_that_holds_whatever_has_been_put_in(seed: int) -> None:
    rng, formulas = Random(seed), Formulas(SIZES)
    factors = Factors(formulas)
    worths = sorted(rng.sample(range(1, 9), rng.randint(0, 3)), reverse=True)
    sign = rng.choice([1, -1])
    chain = [(sign * worth, random_condition(rng, 2)) for worth in worths]
    factor, anyway = factors.keep((worth, kept(said, formulas)) for worth, said in chain)
    for given in ({}, random_given(rng)):
        left, more = factors.put(factor, Given(given))
        added = set()
        for values in completions(given):
            last, most = factors.put(left, whole(values))
            assert last == NOTHING
            assert anyway + more + most == worth_of(chain, values)
            added.add(most)
        assert factors.low[left] <= min(added) <= max(added) <= factors.high[left]
        assert not factors.reads[left] & union(1 << variable for variable in given)
        if not factors.reads[left]:
            assert left == NOTHING


@pytest.mark.parametrize(("sign", "bounds"), [(1, (0, 5)), (-1, (-5, 0))])
def test_a_factor_is_bounded_by_its_heaviest_worth_and_nothing(
    sign: int, bounds: tuple[int, int]
) -> None:
    formulas = Formulas(SIZES)
    factors = Factors(formulas)
    one, two = formulas.literal(0, 0b01), formulas.literal(2, 0b0011)
    factor, anyway = factors.keep([(sign * 5, one), (sign * 2, two)])
    assert anyway == 0
    assert (factors.low[factor], factors.high[factor]) == bounds
    assert factors.reads[factor] == 0b101


def test_what_is_added_anyway_is_beside_the_factor_and_not_in_it() -> None:
    formulas = Formulas(SIZES)
    factors = Factors(formulas)
    one, two = formulas.literal(0, 0b01), formulas.literal(1, 0b001)
    more = factors.keep([(3, one)])
    assert more[1] == 0
    assert factors.keep([(5, one), (2, TRUE), (1, two)]) == (more[0], 2)
    assert factors.keep([(4, TRUE), (1, one)]) == (NOTHING, 4)
    assert (factors.low[NOTHING], factors.high[NOTHING], factors.reads[NOTHING]) == (0, 0, 0)


def test_factors_that_add_the_same_are_one() -> None:
    formulas = Formulas(SIZES)
    factors = Factors(formulas)
    one, two = formulas.literal(0, 0b01), formulas.literal(1, 0b001)
    factor = factors.keep([(3, one), (1, two)])
    assert factors.keep([(3, one), (1, two)]) == factor
    assert factors.keep([(9, FALSE), (3, one), (2, one), (1, two)]) == factor
    assert factors.keep([(3, one), (1, one), (1, two)]) == factor
    assert factors.keep([(3, two), (1, one)])[0] != factor[0]
    assert factors.keep([]) == factors.keep([(3, FALSE)]) == (NOTHING, 0)


@pytest.mark.parametrize("numbers", [(), (0,), (3,), (0, 1, 70), (2, 5, 64)])
def test_the_bits_of_a_number_are_the_powers_of_two_in_it(numbers: tuple[int, ...]) -> None:
    whole = sum(2**one for one in numbers)
    assert tuple(bits(whole)) == numbers
    if numbers:
        assert lowest(whole) == numbers[0]


def test_a_union_has_what_any_of_some_sets_has() -> None:
    assert union([]) == 0
    assert union([0b0101, 0b0110, 0b1000]) == 0b1111
