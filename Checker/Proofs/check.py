#!/usr/bin/env python3
"""Checks a proof: python3 check.py [--digest HEX] [FOLDER]   (the folder of this file if none is given)

With a digest every bundle is refused but the one that it names, to the bit; take it from where the bundle does not come from. It is the SHA-256
of SHA256SUMS, so sha256sum says whether this file, too, is the one that is meant, before it is run.

Checked are: every file against SHA256SUMS; cert.json, which says why its claims hold of model.json; run.json, if there is one, a run that
shows the value that is claimed; and that manifest.json gives the claim as its answer. Whether model.json is what the specification means
is not checked here; its SHA-256 is printed. Needs Python 3.8 and nothing else. Exit code 0: accepted.

A state is a location of the model with a value for each timer there. From values x an edge that fires timer f lets d = x[f] pass
(d = 0 if it fires none), so what is true of a step is true of the vector z: x, followed by the values that begin on the edge.
An inequality  a.z <= b  (or < b) is the triple (a, b, strict) with a a dictionary {place: coefficient}.

A combination [m, i, l, j, k, ...] stands for  l * premise i + k * premise j + ...  with no negative factor. It shows
    m * goal       if it has the coefficients of m * goal, m > 0, and a bound no larger (smaller, or by a strict premise, if the goal is strict);
    impossibility  if m = 0, it has no coefficients, and says 0 <= b for some b < 0, or 0 < 0.

A certificate has one form only, and nothing in it is idle: rows, combinations and nodes are numbered as they are first used, in lowest
terms; no spaces, and a line feed after each comma between brackets.
"""
import hashlib
import json
import math
import os
import re
import stat
import sys

LARGEST_FILE = 256 * 2 ** 20
LARGEST_BUNDLE = 2 ** 30
LARGEST_MEMORY = 2 ** 33
DEEPEST = 48
MOST_WORK = 2 * 10 ** 9


class Wrong(Exception):
    pass


def need(condition, *words):
    if not condition:
        raise Wrong(" ".join(str(word) for word in words))


# --- reading ---------------------------------------------------------------------------------------------------------------

def whole(value):
    """Integers are JSON integers, or strings of digits where they have more than 53 bits."""
    if type(value) is int:
        need(abs(value) <= 2 ** 53, "a long number is not written as a string")
        return value
    need(type(value) is str and len(value) <= 400 and re.fullmatch(r"-?[1-9][0-9]*", value), "no whole number:", repr(value)[:40])
    need(abs(int(value)) > 2 ** 53, "a short number is written as a string")
    return int(value)


def index(value, below):
    need(type(value) is int and 0 <= value < below, "no index below", below, ":", repr(value)[:40])
    return value


def listed(value):
    need(type(value) is list, "no list:", repr(value)[:40])
    return value


def text(value):
    need(type(value) is str, "no text:", repr(value)[:40])
    return value


def member(value, name):
    need(type(value) is dict, "no object:", repr(value)[:40])
    need(name in value, "no member", name)
    return value[name]


def members(value, *names):
    """These members in this order; those with a question mark may be missing."""
    need(type(value) is dict, "no object:", repr(value)[:40])
    present = [name.rstrip("?") for name in names if not (name.endswith("?") and name.rstrip("?") not in value)]
    need(list(value) == present, "members are", list(value), "and not", present)
    return [value.get(name.rstrip("?")) for name in names]


def no_duplicates(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "a member occurs twice")
    return found


def no_float(text):
    raise Wrong("a number that is not whole: " + text[:40])


def short_int(digits):
    need(len(digits) <= 17, "a long number is not written as a string")
    return int(digits)


def load(files, name):
    need(name in files, name, "is missing")
    try:
        return json.loads(files[name].decode("utf-8"), object_pairs_hook=no_duplicates, parse_int=short_int, parse_float=no_float, parse_constant=no_float)
    except ValueError as error:
        raise Wrong("%s is not JSON: %s" % (name, str(error)[:80]))
    except RecursionError:
        raise Wrong("%s is nested too deeply" % name)


def one_form(written, name):
    """Signs of ASCII that can be seen; no space but a line feed after each comma between brackets and at the end; no zero with a sign."""
    need(not re.search(rb"[^\n -~]", written) and (name == "model.json" or b"\\" not in written), name, "is not in its one form")
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', b'"', written)
    plain = re.sub(rb"([\]}],)(?=[\[{])", rb"\1\n", bare.replace(b"\n", b"")) + b"\n"
    need(plain == bare and not re.search(rb"[ \t\r]|-0", bare), name, "is not in its one form")


# --- the model -------------------------------------------------------------------------------------------------------------

class Location:
    def __init__(self, data, is_clock, flags):
        timers, self.rates, carried, self.written = members(data, "timers", "rates", "flags", "edges")
        self.timers = [index(t, len(is_clock)) for t in listed(timers)]
        self.clocks = [is_clock[t] for t in self.timers]
        need(all(type(rate) is int and rate in (-1, 0, 1) for rate in listed(self.rates)), "a rate is -1, 0 or 1")
        need(len(self.timers) == len(self.rates), "there are not as many rates as timers")
        need(all(rate == 1 for rate, clock in zip(self.rates, self.clocks) if clock), "a clock does not run")
        self.flags = {index(f, flags) for f in listed(carried)}
        self.edges = None


class Nowhere:
    timers, rates, clocks = [], [], []


class Edge:
    def __init__(self, data, source, locations, flags):
        fires, at_once, before, to, continues, fresh, ends, carried, says = members(
            data, "fires", "at_once", "before", "to", "continues", "fresh", "ends", "flags", "says")
        text(says)
        n = len(source.rates)
        self.target = index(to, len(locations))
        need(fires == -1 and type(fires) is int or source.rates[index(fires, n)] == -1, "what fires does not count down")
        need(type(at_once) is bool, "at_once is true or false")
        self.fires, self.at_once, self.slow = fires, at_once, False
        self.before = {index(j, n) for j in listed(before)}
        self.flags = {index(f, flags) for f in listed(carried)}
        self.ends = [j if j == -1 and type(j) is int else index(j, n) for j in listed(ends)]
        need(all(j == -1 or source.clocks[j] for j in self.ends), "what ends is no clock")
        self.continues = [j if j == -1 and type(j) is int else index(j, n) for j in listed(continues)]
        need(len(self.continues) == len(locations[self.target].rates), "what continues does not fit the target")

        # after[k]: the value of timer k afterwards as coefficients of z
        self.after, self.size = [], n
        for k, old in enumerate(self.continues):
            self.after.append({self.size if old == -1 else old: 1})
            self.size += old == -1
            if old >= 0 and fires >= 0:
                add(self.after[-1], {fires: source.rates[old]})
        self.clocks = [j for j in range(n) if source.clocks[j]]

        fired = {fires: 1} if fires >= 0 else {}
        self.premises, self.free, self.begins = [], set(), []
        for j in range(n):
            if source.rates[j] == -1 and j != fires:
                self.premises.append((add(dict(fired), {j: -1}), 0, j in self.before))
        if fired and at_once:
            self.premises.append((dict(fired), 0, False))
        self.intervals = {}
        for start in listed(fresh):
            timer, low, high = members(start, "timer", "low", "high")
            need(index(timer, len(self.after)) not in self.intervals and self.continues[timer] == -1, "a timer that does not begin, or begins twice, has an interval")
            self.intervals[timer] = [end if end is None else [whole(number) for number in listed(end)] for end in (low, high)]
        need(len(self.intervals) == self.size - n, "a timer begins without an interval")
        for timer in self.intervals:
            self.begin(timer, *self.intervals[timer])

    def end(self, sums, end, times):
        """Adds times * (F * p + ...); p goes on, or begins between constant ends."""
        for p, factor in zip(end[2::2], end[3::2]):
            index(p, len(self.after))
            need(p not in self.intervals or self.constant(p), "an end depends on a timer that it must not depend on")
            add(sums, self.after[p], times * factor)
        return sums

    def constant(self, timer):
        return all(end is None or len(end) == 2 for end in self.intervals[timer])

    def begin(self, timer, low, high):
        """An interval is [C, D, p, F, ...] for (C + F * p + ...) / D, twice; 0 <= low <= high is plain, or is one of self.begins."""
        for sign, end in ((-1, low), (1, high)):
            if end is None and sign == 1:
                continue
            need(end is not None and len(end) >= 2 and len(end) % 2 == 0 and end[1] > 0, "no end of an interval")
            if self.constant(timer):
                self.free.add(len(self.premises))
            self.premises.append((self.end({place: sign * end[1] for place in self.after[timer]}, end, -sign), sign * end[0], False))
        if len(low) == 2:
            need(low[0] >= 0, "a timer begins below 0")
        elif low[0] < 0 or min(low[3::2]) < 0:
            self.begins.append((self.end({}, low, -1), low[0], False))
        if high is None or low == high:
            return
        room = low[1] * high[0] - high[1] * low[0]
        if len(low) == 2 and len(high) == 2:
            need(room >= 0, "an interval ends before it begins")
        else:
            self.begins.append((self.end(self.end({}, low, high[1]), high, -low[1]), room, False))


def add(sums, other, times=1):
    for place, value in other.items():
        sums[place] = sums.get(place, 0) + times * value
    return sums


def read_model(data):
    form, system, ties, faults, forgotten, tick, timers, flags, initial, listing = members(
        data, "format", "system", "ties", "faults", "forgotten", "tick", "timers", "flags", "initial", "locations")
    need(form == "irekae-model/1", "no model.json of this format")
    for word in [system, ties, tick] + listed(faults) + listed(flags):
        text(word)
    for number in listed(forgotten):
        index(number, 2 ** 31)
    is_clock = [[text(word) for word in members(timer, "name", "kind")][1] == "clock" for timer in listed(timers)]
    flags = len(flags)
    locations = [Location(entry, is_clock, flags) for entry in listed(listing)]
    for location in locations:
        if location.written is not None:
            location.edges = [Edge(e, location, locations, flags) for e in listed(location.written)]
    initial = [Edge(e, Nowhere, locations, flags) for e in listed(initial)]
    slow = slow_timers(len(is_clock), locations)
    for location in locations:
        for edge in location.edges or []:
            edge.slow = edge.fires >= 0 and location.timers[edge.fires] in slow
    return locations, initial, flags


def slow_timers(count, locations):
    """Every value of such a timer comes from one beginning above 0, or from the beginning of the run, and is used up when it fires.
    So it fires at most once in an instant."""
    slow, found = set(range(count)), None
    while found != 0:
        before = len(slow)
        for location in locations:
            for edge in location.edges or []:
                after = locations[edge.target].timers
                for k, old in enumerate(edge.continues):
                    if old == -1:
                        low = edge.intervals[k][0]
                        lost = len(low) > 2 or low[0] <= 0
                    else:
                        lost = old == edge.fires or location.timers[old] not in slow or edge.continues.count(old) > 1
                    if lost:
                        slow.discard(after[k])
        found = before - len(slow)
    return slow


def goes_on(location):
    """Some edge can always be taken: each timer that counts down has one (that need not be at once, unless the scheduler has its
    turn with all of them still running), and of those that are first together, one is not kept back by another."""
    down = {j for j, rate in enumerate(location.rates) if rate == -1}
    turn = any(e.fires == -1 and e.before <= down for e in location.edges)
    kept_back = {}
    for edge in location.edges:
        if edge.fires >= 0 and (turn or not edge.at_once):
            kept_back.setdefault(edge.fires, edge.before)
    if not down <= set(kept_back) or not (down or turn):
        return False
    while down:
        free = {j for j in down if not kept_back[j] & down}
        if not free:
            return False
        down -= free
    return True


# --- the certificate -------------------------------------------------------------------------------------------------------

def read_row(data):
    numbers = [whole(number) for number in listed(data)]
    need(len(numbers) >= 4 and len(numbers) % 2 == 0 and numbers[1] in (0, 1), "no row")
    places, factors = numbers[2::2], numbers[3::2]
    need(all(0 <= p < 2 ** 31 for p in places) and all(p < q for p, q in zip(places, places[1:])) and 0 not in factors, "timers stand in their order, with what is not 0")
    need(math.gcd(numbers[0], gcd(factors)) == 1, "a row is not in lowest terms")
    return dict(zip(places, factors)), numbers[0], numbers[1] == 1


def read_combination(data):
    numbers = [whole(number) for number in listed(data)]
    need(len(numbers) % 2 == 1 and numbers[0] >= 0, "no combination")
    premises, times = numbers[1::2], numbers[2::2]
    need(all(p < q for p, q in zip([-1] + premises, premises)), "premises stand in their order")
    need(all(t > 0 for t in times), "a premise is taken no times, or less")
    need(gcd(numbers[:1] + times) == 1, "a combination is not in lowest terms")
    return numbers[0], list(zip(premises, times))


def gcd(numbers):
    divisor = 0
    for number in numbers:
        divisor = math.gcd(divisor, number)
    return divisor


class FirstUse:
    """Entries are numbered as they are first used."""

    def __init__(self, table, count):
        self.table, self.count, self.next = table, count, 0

    def of(self, number):
        need(number <= self.next, self.table, number, "is used before", self.table, self.next)
        self.next += number == self.next

    def end(self):
        need(self.next == self.count, self.table, self.next, "is not used")


class Proof:
    def __init__(self, model, data):
        self.locations, self.initial, flags = model
        form, self.model, claims, rows, combinations, self.first, nodes = members(
            data, "format", "model", "claims", "rows", "combinations", "initial", "nodes")
        need(form == "irekae-certificate/2", "no cert.json of this format")
        self.claims = [self.read_claim(claim, flags) for claim in listed(claims)]
        need(self.claims, "nothing is claimed")
        self.ranked = any(claim[0] == "time_passes" for claim in self.claims)
        rows = self.table([read_row(row) for row in listed(rows)], rows)
        self.combinations = self.table([read_combination(c) for c in listed(combinations)], combinations)
        used, self.nodes, self.work = FirstUse("row", len(rows)), [], 0
        for node in listed(nodes):
            at, rank, own, steps = members(node, "at", "rank?", "rows", "steps")
            need((rank is not None) == self.ranked and (rank is None or index(rank, 2 ** 31) == rank), "a rank belongs to the claim that time passes")
            for row in listed(own):
                used.of(index(row, len(rows)))
            need(len(set(own)) == len(own), "a row is there twice")
            size = len(self.locations[index(at, len(self.locations))].rates)
            need(all(place < size for row in own for place in rows[row][0]), "a row speaks of a timer that is not there")
            self.nodes.append((at, rank or 0, [rows[row] for row in own], listed(steps)))
        self.table([0] * len(nodes), [(node["at"], node.get("rank"), tuple(node["rows"])) for node in nodes])
        used.end()
        self.used_nodes, self.used_combinations = FirstUse("node", len(self.nodes)), FirstUse("combination", len(self.combinations))

    @staticmethod
    def table(entries, written):
        need(len({repr(entry) for entry in written}) == len(entries), "the same is there twice")
        return entries

    @staticmethod
    def read_claim(data, flags):
        kind = next(iter(data)) if type(data) is dict and data else ""
        if kind in ("max", "min"):
            numbers, strict = members(data, kind, "strict")
            numbers = [whole(number) for number in listed(numbers)]
            need(len(numbers) == 2 and numbers[1] > 0 and gcd(numbers) == 1 and type(strict) is bool, "no bound")
            return kind, numbers[0], numbers[1], strict
        if kind == "time_passes":
            need(members(data, kind)[0] is True, "no claim")
            return kind, 0, 1, False
        return "never", index(members(data, "never")[0], flags), 1, False

    def check(self):
        self.idle, self.highest = set(), -1
        self.loose = {number for number, claim in enumerate(self.claims) if claim[0] in ("max", "min")}
        self.check_edges("initial", self.initial, self.first, [], 2 ** 31)
        for number, (at, rank, rows, steps) in enumerate(self.nodes):
            here, location = "node %d" % number, self.locations[at]
            need(location.edges is not None, here, ": the model says that nothing gets to location", at)
            for kind, value, _, _ in self.claims:
                need(kind != "never" or value not in location.flags, here, ": location", at, "carries flag", value)
                need(kind != "max" or not any(location.clocks) or goes_on(location), here, ": a clock may run for ever in location", at)
            self.idle, self.highest = set(range(len(rows))), -1
            self.check_edges(here, location.edges, steps, rows, rank)
            need(not self.idle, here, ": a row is of no use")
            need(not self.ranked or rank == self.highest + 1, here, ": its rank is", rank, "and not", self.highest + 1)
        self.used_nodes.end()
        self.used_combinations.end()
        need(not self.loose, "nothing comes up to the bound of a claim: a better one could be claimed")

    def check_edges(self, here, edges, steps, rows, rank):
        need(len(edges) == len(listed(steps)), here, ":", len(edges), "edges in the model,", len(steps), "steps in the certificate")
        for number, (edge, step) in enumerate(zip(edges, steps)):
            where = "%s, edge %d" % (here, number)
            need(type(step) is dict, where, ": no step")
            step = dict(step)
            begins, bounds = step.pop("begins", None), step.pop("bounds", None)
            need(begins != [] and bounds != [], where, ": an empty list is left out")
            need(list(steps[number]) == list(step) + ["begins"] * (begins is not None) + ["bounds"] * (bounds is not None), where, ": members are not in their order")
            premises = rows + edge.premises
            impossible = self.impossible(where, edge, step, premises, rank, 0)
            self.check_begins(where, edge, listed(begins or []), premises, len(rows))
            if impossible:
                need(not bounds, where, ": there are bounds of what is impossible")
            else:
                self.check_claims(where, edge, listed(bounds or []), premises)

    def impossible(self, where, edge, step, premises, rank, depth):
        """True: the edge cannot be taken. False: wherever it is taken it lands in nodes. Otherwise it is wrong."""
        need(type(step) is dict and depth < DEEPEST, where, ": no step, or too many cases within cases")
        if "no" in step:
            factor, sums, _ = self.add_up(where, members(step, "no")[0], premises)
            need(factor == 0, where, ": a contradiction has factor 0")
            self.enough(where, sums, ({}, 0, True))
            return True
        if "if" in step:
            row, then, otherwise = members(step, "if", "then", "else")
            row = read_row(row)
            need(all(place < edge.size for place in row[0]), where, ": a row speaks of a timer that is not there")
            other = ({place: -value for place, value in row[0].items()}, -row[1], not row[2])
            both = [self.impossible(where, edge, case, premises + [half], rank, depth + 1) for case, half in ((then, row), (otherwise, other))]
            return all(both)
        to, reasons, later = members(step, "to", "by", "later?")
        self.used_nodes.of(index(to, len(self.nodes)))
        at, below, rows, _ = self.nodes[to]
        need(at == edge.target, where, ": the edge leads to location", edge.target, "and the node is at", at)
        need(len(listed(reasons)) == len(rows), where, ": not every row of the node is shown")
        for number, ((row, bound, strict), reason) in enumerate(zip(rows, reasons)):
            goal = {}
            for timer, value in row.items():
                add(goal, edge.after[timer], value)
            self.imply("%s, row %d" % (where, number), reason, premises, (goal, bound, strict))
        if self.ranked and not edge.slow and below < rank:
            self.highest = max(self.highest, below)
        needed = self.ranked and not edge.slow and below >= rank
        need(needed == ("later" in step), where, ": the rank goes down, or it is shown that time passes; not neither, not both")
        if needed:
            need(edge.fires >= 0, where, ": no time passes where nothing fires")
            self.imply(where, later, premises, ({edge.fires: -1}, 0, True))
        return False

    def check_begins(self, where, edge, shown, premises, rows):
        """Intervals that depend on parameters are intervals, which follows from what is known before."""
        need(len(shown) == len(edge.begins), where, ":", len(edge.begins), "ends of intervals depend on parameters,", len(shown), "are shown")
        for reason, goal in zip(shown, edge.begins):
            taken, _ = self.imply(where, reason, premises, goal)
            need(all(p < rows or p - rows in edge.free for p in taken), where, ": an interval is not shown to be one from what is known before it")

    def check_claims(self, where, edge, bounds, premises):
        reasons = iter(bounds)
        for claim, (kind, value, over, strict) in enumerate(self.claims):
            if kind == "never":
                need(value not in edge.flags, where, ": the edge carries flag", value, "and is not shown to be impossible")
            if kind not in ("max", "min"):
                continue
            sign = 1 if kind == "max" else -1
            if -1 in edge.ends:
                need(sign * value > 0 or (sign * value == 0 and not strict), where, ": something takes no time at all")
                if value == 0:
                    self.loose.discard(claim)
            for clock in edge.clocks if kind == "max" else [j for j in edge.ends if j >= 0]:
                reason = next(reasons, None)
                need(reason is not None, where, ": the bound is not shown of clock", clock)
                goal = {clock: sign * over}
                if edge.fires >= 0:
                    add(goal, {edge.fires: sign * over})
                _, room = self.imply(where + ", bound", reason, premises, (goal, sign * value, strict))
                if room == 0:
                    self.loose.discard(claim)
        need(next(reasons, None) is None, where, ": more bounds than clocks")

    def imply(self, where, reason, premises, goal):
        """The premises taken, and how much less than the goal's their sum is."""
        factor, sums, taken = self.add_up(where, reason, premises)
        need(factor > 0, where, ": the factor is not above 0")
        self.enough(where, sums, ({place: factor * value for place, value in goal[0].items()}, factor * goal[1], goal[2]))
        return taken, factor * goal[1] - sums[1]

    def add_up(self, where, reason, premises):
        self.used_combinations.of(index(reason, len(self.combinations)))
        factor, terms = self.combinations[reason]
        sums, bound, strict, taken = {}, 0, False, []
        for number, times in terms:
            need(number < len(premises), where, ": there is no premise", number)
            coefficients, constant, excluded = premises[number]
            add(sums, coefficients, times)
            bound += times * constant
            strict |= excluded
            taken.append(number)
            self.work += len(coefficients) + 1
        need(self.work <= MOST_WORK, where, ": checking this takes more work than any proof should")
        self.idle.difference_update(taken)
        return factor, (sums, bound, strict), taken

    @staticmethod
    def enough(where, have, want):
        rest = add(dict(have[0]), want[0], -1)
        need(not any(rest.values()), where, ": the premises do not add up")
        need(have[1] < want[1] or (have[1] == want[1] and (have[2] or not want[2])), where, ": the premises do not suffice")


# --- the run ---------------------------------------------------------------------------------------------------------------

def check_run(run, proof, model_hash):
    """A move is the number of its edge and the values that begin on it, in fine ticks. The last edge is where the clock shows the bound, before it starts
    again or is given up. A bound that no run reaches: there are values as well ("limit") that reach it, for which "first" may be "at the same time". A mean of
    those and of the run's, with any weights above 0, is a run; so runs come as near to the bound as one likes."""
    form, model, fine, moves, limit, clock, ends = members(run, "format", "model", "fine", "moves", "limit?", "clock", "ends")
    need(form == "irekae-run/1" and model == model_hash, "run.json is of another format, or about another model.json")
    kind, value, over, strict = proof.claims[0]
    need(len(proof.claims) == 1 and kind in ("max", "min"), "a run shows a max or a min, and nothing else")
    need(whole(fine) > 0 and type(ends) is bool and (ends or kind == "max"), "a min is of what ends")
    need(strict == (limit is not None), "there are limits where the bound is not reached, and only there")
    moves = [[whole(number) for number in listed(move)] for move in listed(moves)]
    need(moves and all(moves), "a run has moves, and a move an edge")
    written = [number for move in moves for number in move[1:]]
    if strict:
        limit = [[whole(number) for number in listed(begun)] for begun in listed(limit)]
        need(len(limit) == len(moves), "not every move has its limit")
        written += [number for begun in limit for number in begun]
    need(gcd([fine] + written) == 1, "a run is not in lowest terms")
    shown = follow(proof, fine, moves, clock, ends, False)
    if strict:
        need(shown * over != value * fine, "the run reaches the bound")
        shown = follow(proof, fine, [[move[0]] + begun for move, begun in zip(moves, limit)], clock, ends, True)
    need(shown * over == value * fine, "the run shows", shown, "of", fine, "to a tick, and not the bound")


def follow(proof, fine, moves, clock, ends, weakly):
    """What the clock shows on the last move, in fine ticks."""
    source, edges, values = Nowhere, proof.initial, []
    for number, (taken, *begun) in enumerate(moves):
        if number > 0:
            source = proof.locations[edge.target]
            values = [sum(factor * z[place] for place, factor in form.items()) for form in edge.after]
            edges = source.edges
        need(edges is not None, "move", number, "leaves a location whose edges are not written down")
        edge, z = edges[index(taken, len(edges))], values + begun
        need(len(z) == edge.size, "on move", number, "there begin", edge.size - len(values), "timers, and not", len(begun))
        for row, bound, strict in edge.premises:
            have = sum(factor * z[place] for place, factor in row.items())
            need(have < bound * fine or (have == bound * fine and (weakly or not strict)), "move", number, "of the run is not possible")
    if type(clock) is int and clock == -1:
        need(ends and -1 in edge.ends, "nothing begins and ends on the last move")
        return 0
    need(source.clocks[index(clock, len(source.clocks))] and (not ends or clock in edge.ends), "the last move does not show the clock")
    return z[clock] + (z[edge.fires] if edge.fires >= 0 else 0)


# --- the bundle ------------------------------------------------------------------------------------------------------------

def read_folder(folder):
    """Contents by name, with slashes; and the names of what is passed over: what coqc and Python leave behind, empty files, links."""
    files, passed_over, left = {}, [], LARGEST_BUNDLE
    for path, folders, names in os.walk(folder):
        for name in names + [inner for inner in folders if os.path.islink(os.path.join(path, inner))]:
            file = os.path.join(path, name)
            name, size = os.path.relpath(file, folder).replace(os.sep, "/"), os.lstat(file).st_size
            if size == 0 or not stat.S_ISREG(os.lstat(file).st_mode) or re.search(r"\.(vo|vok|vos|glob|aux)$|(^|/)__pycache__/", name):
                passed_over.append(name)
                continue
            need(size <= LARGEST_FILE and size <= left and len(files) < 4096, name, "is too large, or one of too many")
            left -= size
            with open(file, "rb") as opened:
                files[name] = opened.read(size)
    return files, passed_over


def check_digest(files, passed_over, digest):
    """Whoever changes files can change SHA256SUMS as well, but not to something of the same SHA-256."""
    need(re.fullmatch(r"[0-9A-Fa-f]{64}", digest), "a digest is 64 hexadecimal digits, all of them, as 'irekae prove' printed it and 'sha256sum SHA256SUMS' does")
    need("SHA256SUMS" in files, "SHA256SUMS is missing")
    own = hashlib.sha256(files["SHA256SUMS"]).hexdigest()
    need(own == digest.lower(), "the digest names another bundle; that of this one is", own + ":",
         "files and their hashes were changed, or the digest is of another proof; fetch the two again")
    check_files(files)
    need(not passed_over, "; ".join(sorted(passed_over)[:3]), "is nothing that the digest names: whoever put it there, take it away and check again")


def check_files(files):
    """SHA256SUMS has one form: a line for each file, by name. That it is the one that was written, it cannot say itself."""
    need("SHA256SUMS" in files, "SHA256SUMS is missing")
    lines = files["SHA256SUMS"].decode("utf-8", "replace").split("\n")
    listed_files = dict(reversed(line.split("  ", 1)) for line in lines if "  " in line)
    for name in sorted(set(files) - {"SHA256SUMS"} | set(listed_files)):
        need(name in files, name, "is missing")
        need(name in listed_files, name, "is not listed")
        need(hashlib.sha256(files[name]).hexdigest() == listed_files[name], name, "was changed")
    need(lines == ["%s  %s" % (listed_files[name], name) for name in sorted(listed_files)] + [""], "SHA256SUMS is not in its one form")


def check(files):
    """A bundle, by the names of its files; the claim in words, the proof, or Wrong."""
    check_files(files)
    model, manifest = load(files, "model.json"), load(files, "manifest.json")
    certificate = load(files, "cert.json")
    model_hash = hashlib.sha256(files["model.json"]).hexdigest()
    need(member(certificate, "model") == model_hash, "the certificate is about another model.json")
    for name in ("model.json", "cert.json", "run.json"):
        if name in files:
            one_form(files[name], name)
    proof = Proof(read_model(model), certificate)
    proof.check()
    need(len(proof.claims) == 1, "more than one thing is claimed")
    need(("run.json" in files) == ("run.txt" in files), "run.json and run.txt belong together")
    if "run.json" in files:
        check_run(load(files, "run.json"), proof, model_hash)
    answer = words(proof.claims[0], model)
    need(member(manifest, "format") == "irekae-proof/2", "no manifest.json of this format")
    need(member(manifest, "answer") == answer or (proof.claims[0][0] == "never" and manifest["answer"] == REACHED), "the answer of manifest.json is not what is claimed:", answer)
    return answer, proof


REACHED = "no run reaches it"


def words(claim, model):
    kind, value, over, strict = claim
    if kind in ("never", "time_passes"):
        return "no run contradicts it"
    tick = re.fullmatch(r"([0-9]+)(?:/([0-9]+))? ns", str(model["tick"])[:400])
    need(tick, "no length of a tick")
    relation = {("max", False): "never more than", ("max", True): "always less than", ("min", False): "never less than", ("min", True): "always more than"}
    return relation[kind, strict] + " " + time(value * int(tick[1]), over * int(tick[2] or 1))


def time(value, over):
    """value/over nanoseconds in the largest unit of which there is one, as a decimal of at most nine digits, or a fraction."""
    if value == 0:
        return "0"
    unit, name = next(((u, n) for u, n in ((10 ** 9, "s"), (10 ** 6, "ms"), (1000, "us")) if abs(value) >= over * u), (1, "ns"))
    over *= unit
    front, rest = divmod(abs(value), over)
    sign, digits = "-" * (value < 0), next((d for d in (0, 3, 6, 9) if rest * 10 ** d % over == 0), None)
    if digits is not None:
        return "%s%d%s %s" % (sign, front, ".%0*d" % (digits, rest * 10 ** digits // over) if digits else "", name)
    common = math.gcd(rest, over)
    return "%s%s%d/%d %s" % (sign, "%d " % front if front else "", rest // common, over // common, name)


def explain(claim, model):
    kind, value, over, strict = claim
    if kind == "never":
        return 'no run comes across "%s"' % model["flags"][value]
    if kind == "time_passes":
        return "no run makes infinitely many moves in no time"
    relation = {("max", False): "<=", ("max", True): "<", ("min", False): ">=", ("min", True): ">"}[kind, strict]
    return "%s: clock %s %s%s ticks of %s" % (kind, relation, value, "" if over == 1 else "/%d" % over, model["tick"])


def main(arguments):
    arguments = list(arguments[1:])
    digest = None
    if arguments[:1] == ["--digest"]:
        digest = "".join(arguments[1:2])
        del arguments[:2]
    if len(arguments) > 1 or arguments[:1] and arguments[0].startswith("--"):
        print("usage: python3 check.py [--digest HEX] [FOLDER]")
        return 3
    folder = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    try:
        files, passed_over = read_folder(folder)
        if digest is not None:
            check_digest(files, passed_over, digest)
        answer, proof = check(files)
    except Wrong as wrong:
        print("REJECTED:", str(wrong)[:400])
        return 1
    except (RecursionError, MemoryError, OSError) as error:
        print("REJECTED:", type(error).__name__)
        return 1
    if digest is not None:
        print("digest:", digest.lower() + ", as asked")
    print(answer)
    print("claim:", explain(proof.claims[0], load(files, "model.json")))
    print("model.json: SHA-256", hashlib.sha256(files["model.json"]).hexdigest())
    if "run.json" in files:
        print("run.json:", "others come as near to the bound as one likes" if proof.claims[0][3] else "the clock shows the bound")
    print("accepted: %d nodes" % len(proof.nodes))
    return 0


def limit_memory():
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass  # not on every system; what is read is limited in any case


if __name__ == "__main__":
    limit_memory()
    sys.exit(main(sys.argv))
