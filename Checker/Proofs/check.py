#!/usr/bin/env python3
"""Checks a proof: python3 check.py [FOLDER]   (the folder of this file if none is given)

Reads model.json and cert.json, and manifest.json if there is one. Needs Python 3.8 and nothing else. Exit code 0: accepted.

A state is a location of the model with a value for each timer there. From values x an edge that fires timer f lets d = x[f] pass
(d = 0 if it fires none), so what is true of a step is true of the vector z: x, followed by the values that begin on the edge.
An inequality  a.z <= b  (or < b) is the triple (a, b, strict) with a a dictionary {place: coefficient}.

A combination [m, i, l, j, k, ...] stands for  l * premise i + k * premise j + ...  with no negative factor. It shows
    m * goal       if it has the coefficients of m * goal, m > 0, and a bound no larger (smaller, or by a strict premise, if the goal is strict);
    impossibility  if m = 0, it has no coefficients, and says 0 <= b for some b < 0, or 0 < 0.
"""
import hashlib
import json
import os
import re
import sys

LARGEST_FILE = 256 * 2 ** 20
DEEPEST = 64


class Wrong(Exception):
    pass


def need(condition, *words):
    if not condition:
        raise Wrong(" ".join(str(word) for word in words))


# --- reading ---------------------------------------------------------------------------------------------------------------

def whole(value):
    """Integers are JSON integers, or strings of digits where they are long."""
    if type(value) is int:
        need(abs(value) < 2 ** 63, "a long number is not written as a string")
        return value
    need(type(value) is str and len(value) <= 400 and re.fullmatch(r"-?[0-9]+", value), "no whole number:", repr(value)[:40])
    return int(value)


def index(value, below):
    need(type(value) is int and 0 <= value < below, "no index below", below, ":", repr(value)[:40])
    return value


def listed(value):
    need(type(value) is list, "no list:", repr(value)[:40])
    return value


def member(value, name, *default):
    need(type(value) is dict, "no object:", repr(value)[:40])
    if default and name not in value:
        return default[0]
    need(name in value, "no member", name)
    return value[name]


def no_duplicates(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "a member occurs twice")
    return found


def no_float(text):
    raise Wrong("a number that is not whole: " + text[:40])


def depth(text):
    """Of brackets outside of strings; nothing else of JSON is looked at."""
    deepest = level = 0
    for token in re.finditer(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        first = token.group()[:1]
        level += 1 if first in b"[{" else -1 if first in b"]}" else 0
        deepest = max(deepest, level)
    return deepest


def load(path):
    need(os.path.isfile(path), path, "is missing")
    need(os.path.getsize(path) <= LARGEST_FILE, path, "is too large")
    with open(path, "rb") as file:
        text = file.read()
    need(depth(text) <= DEEPEST, path, "is nested too deeply")
    try:
        return text, json.loads(text.decode("utf-8"), object_pairs_hook=no_duplicates, parse_float=no_float, parse_constant=no_float)
    except (ValueError, RecursionError) as error:
        raise Wrong("%s is not JSON: %s" % (path, str(error)[:80]))


# --- the model -------------------------------------------------------------------------------------------------------------

class Edge:
    def __init__(self, data, source, locations, flags):
        rates, clocks = source["rates"], source["clocks"]
        n = len(rates)
        self.target = index(member(data, "to"), len(locations))
        self.fires = member(data, "fires")
        need(self.fires == -1 or rates[index(self.fires, n)] == -1, "what fires does not count down")
        self.before = {index(j, n) for j in listed(member(data, "before"))}
        self.at_once = member(data, "at_once")
        need(type(self.at_once) is bool, "at_once is true or false")
        self.flags = {index(f, flags) for f in listed(member(data, "flags"))}
        self.ends = [j if j == -1 else index(j, n) for j in listed(member(data, "ends"))]
        need(all(j == -1 or clocks[j] for j in self.ends), "what ends is no clock")
        continues = listed(member(data, "continues"))
        need(len(continues) == len(locations[self.target]["rates"]), "what continues does not fit the target")

        # after[k]: the value of timer k afterwards as coefficients of z
        self.after, fresh = [], {}
        for k, old in enumerate(continues):
            if old == -1:
                fresh[k] = n + len(fresh)
                self.after.append({fresh[k]: 1})
            else:
                self.after.append({index(old, n): 1})
                if self.fires >= 0:
                    add(self.after[-1], {self.fires: rates[old]})
        self.size = n + len(fresh)
        self.clocks = [j for j in range(n) if clocks[j]]

        fired = {self.fires: 1} if self.fires >= 0 else {}
        self.premises = []
        for j in range(n):
            if rates[j] == -1 and j != self.fires:
                self.premises.append((add(dict(fired), {j: -1}), 0, j in self.before))
        if fired and self.at_once:
            self.premises.append((dict(fired), 0, False))
        for start in listed(member(data, "fresh")):
            k = index(member(start, "timer"), len(continues))
            need(k in fresh, "a timer that does not begin, or begins twice, has an interval")
            del fresh[k]
            self.premises.append(self.end(member(start, "low"), k, -1))
            if member(start, "high") is not None:
                self.premises.append(self.end(member(start, "high"), k, 1))
        need(not fresh, "a timer begins without an interval")

    def end(self, data, k, sign):
        """sign * (D * y - F * p - ...) <= sign * C  from [C, D, p, F, ...]"""
        numbers = listed(data)
        need(len(numbers) >= 2 and len(numbers) % 2 == 0, "no end of an interval")
        need(whole(numbers[1]) > 0, "a denominator is above 0")
        sums = {}
        add(sums, self.after[k], sign * whole(numbers[1]))
        for p, factor in zip(numbers[2::2], numbers[3::2]):
            add(sums, self.after[index(p, len(self.after))], -sign * whole(factor))
        return sums, sign * whole(numbers[0]), False


def add(sums, other, times=1):
    for place, value in other.items():
        sums[place] = sums.get(place, 0) + times * value
    return sums


def read_model(data):
    need(member(data, "format") == "irekae-model/1", "no model.json of this format")
    is_clock = [member(timer, "kind") == "clock" for timer in listed(member(data, "timers"))]
    flags = len(listed(member(data, "flags")))
    locations = []
    for entry in listed(member(data, "locations")):
        rates = listed(member(entry, "rates"))
        need(all(type(rate) is int and rate in (-1, 0, 1) for rate in rates), "a rate is -1, 0 or 1")
        clocks = [is_clock[index(t, len(is_clock))] for t in listed(member(entry, "timers"))]
        need(len(clocks) == len(rates), "there are not as many rates as timers")
        need(all(rate == 1 for rate, clock in zip(rates, clocks) if clock), "a clock does not run")
        locations.append({"rates": rates, "clocks": clocks, "flags": {index(f, flags) for f in listed(member(entry, "flags"))}})
    for location, entry in zip(locations, member(data, "locations")):
        edges = member(entry, "edges")
        location["edges"] = None if edges is None else [Edge(e, location, locations, flags) for e in listed(edges)]
    nowhere = {"rates": [], "clocks": []}
    return locations, [Edge(e, nowhere, locations, flags) for e in listed(member(data, "initial"))], flags


def goes_on(location):
    """Some edge can always be taken: each timer that counts down has one (that need not be at once, unless the scheduler has its
    turn with all of them still running), and of those that are first together, one is not kept back by another."""
    down = {j for j, rate in enumerate(location["rates"]) if rate == -1}
    turn = any(e.fires == -1 and e.before <= down for e in location["edges"])
    kept_back = {}
    for edge in location["edges"]:
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
    numbers = listed(data)
    need(len(numbers) >= 2 and len(numbers) % 2 == 0 and type(numbers[1]) is int and numbers[1] in (0, 1), "no row")
    sums = {}
    for place, value in zip(numbers[2::2], numbers[3::2]):
        add(sums, {index(place, 2 ** 31): whole(value)})
    return sums, whole(numbers[0]), numbers[1] == 1


class Proof:
    def __init__(self, model, data):
        self.locations, self.initial, flags = model
        need(member(data, "format") == "irekae-certificate/1", "no cert.json of this format")
        self.claims = [self.read_claim(claim, flags) for claim in listed(member(data, "claims"))]
        need(self.claims, "nothing is claimed")
        self.rows = [read_row(row) for row in listed(member(data, "rows"))]
        self.combinations = [[whole(number) for number in listed(c)] for c in listed(member(data, "combinations"))]
        self.first = listed(member(data, "initial"))
        self.nodes = []
        for node in listed(member(data, "nodes")):
            at = index(member(node, "at"), len(self.locations))
            rows = [self.rows[index(r, len(self.rows))] for r in listed(member(node, "rows"))]
            need(all(place < len(self.locations[at]["rates"]) for row in rows for place in row[0]), "a row speaks of a timer that is not there")
            self.nodes.append((at, rows, listed(member(node, "steps"))))

    @staticmethod
    def read_claim(data, flags):
        for kind in ("max", "min"):
            if kind in data:
                numbers = [whole(number) for number in listed(data[kind])]
                need(len(numbers) == 2 and numbers[1] > 0 and type(member(data, "strict")) is bool, "no bound")
                return kind, numbers[0], numbers[1], data["strict"]
        return "never", index(member(data, "never"), flags), 1, False

    def check(self):
        self.check_edges("initial", self.initial, self.first, [])
        for number, (at, rows, steps) in enumerate(self.nodes):
            here, location = "node %d" % number, self.locations[at]
            need(location["edges"] is not None, here, ": the model says that nothing gets to location", at)
            for kind, value, _, _ in self.claims:
                need(kind != "never" or value not in location["flags"], here, ": location", at, "carries flag", value)
                need(kind != "max" or not any(location["clocks"]) or goes_on(location), here, ": a clock may run for ever in location", at)
            self.check_edges(here, location["edges"], steps, rows)

    def check_edges(self, here, edges, steps, rows):
        need(len(edges) == len(steps), here, ":", len(edges), "edges in the model,", len(steps), "steps in the certificate")
        for number, (edge, step) in enumerate(zip(edges, steps)):
            where = "%s, edge %d" % (here, number)
            premises = rows + edge.premises
            if not self.impossible(where, edge, step, premises):
                self.check_claims(where, edge, step, premises)

    def impossible(self, where, edge, step, premises):
        """True: the edge cannot be taken. False: wherever it is taken it lands in nodes. Otherwise it is wrong."""
        if "no" in step:
            factor, sums = self.add_up(where, step["no"], premises)
            need(factor == 0, where, ": a contradiction has factor 0")
            self.enough(where, sums, ({}, 0, True))
            return True
        if "if" in step:
            row = read_row(step["if"])
            need(all(place < edge.size for place in row[0]), where, ": a row speaks of a timer that is not there")
            other = ({place: -value for place, value in row[0].items()}, -row[1], not row[2])
            both = [self.impossible(where, edge, member(step, side), premises + [half]) for side, half in (("then", row), ("else", other))]
            return all(both)
        at, rows, _ = self.nodes[index(member(step, "to"), len(self.nodes))]
        need(at == edge.target, where, ": the edge leads to location", edge.target, "and the node is at", at)
        reasons = listed(member(step, "by"))
        need(len(reasons) == len(rows), where, ": not every row of the node is shown")
        for number, ((row, bound, strict), reason) in enumerate(zip(rows, reasons)):
            goal = {}
            for timer, value in row.items():
                add(goal, edge.after[timer], value)
            self.imply("%s, row %d" % (where, number), reason, premises, (goal, bound, strict))
        return False

    def check_claims(self, where, edge, step, premises):
        reasons = iter(listed(member(step, "bounds", [])))
        for kind, value, over, strict in self.claims:
            if kind == "never":
                need(value not in edge.flags, where, ": the edge carries flag", value, "and is not shown to be impossible")
                continue
            sign = 1 if kind == "max" else -1
            if -1 in edge.ends:
                need(sign * value > 0 or (sign * value == 0 and not strict), where, ": something takes no time at all")
            for clock in edge.clocks if kind == "max" else [j for j in edge.ends if j >= 0]:
                reason = next(reasons, None)
                need(reason is not None, where, ": the bound is not shown of clock", clock)
                goal = {clock: sign * over}
                if edge.fires >= 0:
                    add(goal, {edge.fires: sign * over})
                self.imply(where + ", bound", reason, premises, (goal, sign * value, strict))
        need(next(reasons, None) is None, where, ": more bounds than clocks")

    def imply(self, where, reason, premises, goal):
        factor, sums = self.add_up(where, reason, premises)
        need(factor > 0, where, ": the factor is not above 0")
        self.enough(where, sums, ({place: factor * value for place, value in goal[0].items()}, factor * goal[1], goal[2]))

    def add_up(self, where, reason, premises):
        combination = self.combinations[index(reason, len(self.combinations))]
        need(len(combination) % 2 == 1, where, ": no combination")
        sums, bound, strict = {}, 0, False
        for number, times in zip(combination[1::2], combination[2::2]):
            need(0 <= number < len(premises) and times >= 0, where, ": premise", number, "is taken", times, "times")
            add(sums, premises[number][0], times)
            bound += times * premises[number][1]
            strict |= premises[number][2] and times > 0
        return combination[0], (sums, bound, strict)

    @staticmethod
    def enough(where, have, want):
        rest = add(dict(have[0]), want[0], -1)
        need(not any(rest.values()), where, ": the premises do not add up")
        need(have[1] < want[1] or (have[1] == want[1] and (have[2] or not want[2])), where, ": the premises do not suffice")


# --- the bundle ------------------------------------------------------------------------------------------------------------

def check_files(folder):
    """Every file is what the manifest says. That the manifest is the one that was written, it cannot say itself."""
    manifest = load(os.path.join(folder, "manifest.json"))[1]
    files = member(manifest, "files")
    for name in member(manifest, "files"):
        path = os.path.join(folder, name)
        need(not name.startswith("/") and ".." not in name.split("/") and os.path.isfile(path), name, "is missing")
        with open(path, "rb") as file:
            need(hashlib.sha256(file.read()).hexdigest() == files[name], name, "was changed")


def check(model_text, model, certificate):
    need(member(certificate, "model") == hashlib.sha256(model_text).hexdigest(), "the certificate is about another model.json")
    proof = Proof(read_model(model), certificate)
    proof.check()
    return proof


def words(claim, model):
    kind, value, over, strict = claim
    if kind == "never":
        return "no run comes across: " + str(model["flags"][value])
    relation = {("max", False): "<=", ("max", True): "<", ("min", False): ">=", ("min", True): ">"}[kind, strict]
    return "%s: clock %s %s%s ticks of %s" % (kind, relation, value, "" if over == 1 else "/%d" % over, model["tick"])


def main(arguments):
    folder = arguments[1] if len(arguments) > 1 else os.path.dirname(os.path.abspath(__file__))
    try:
        if os.path.isfile(os.path.join(folder, "manifest.json")):
            check_files(folder)
        model_text, model = load(os.path.join(folder, "model.json"))
        proof = check(model_text, model, load(os.path.join(folder, "cert.json"))[1])
    except Wrong as wrong:
        print("REJECTED:", wrong)
        return 1
    except (RecursionError, MemoryError, OSError) as error:
        print("REJECTED:", type(error).__name__)
        return 1
    for claim in proof.claims:
        print(words(claim, model))
    print("accepted: %d nodes" % len(proof.nodes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
