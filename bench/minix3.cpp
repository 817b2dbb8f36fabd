// The MINIX 3 experiment of specs/minix3/minix3.irk (experiment table1) written by hand: what the generated simulator is measured against.
// The same moves, the same draws by the same generator, the same statistics; nothing else. Prints moves, seconds of processor time, and
// count, sum, least and most of each quantity, which have to be those of `irekae simulate`.
//   g++ -O2 -std=c++20 minix3.cpp -o minix3 && ./minix3 TRIALS
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using i64 = std::int64_t;
using u64 = std::uint64_t;

namespace {

constexpr i64 never = INT64_MAX;
constexpr i64 fine = 20;  // fine ticks in a tick of 20 ns

struct Xoshiro256 {
  u64 a, b, c, d;
  static u64 mix(u64 z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  Xoshiro256(u64 seed, u64 stream) {
    constexpr u64 golden = 0x9E3779B97F4A7C15u;
    u64 state = mix(seed + golden) ^ mix(mix(stream + golden) + 0x6A09E667F3BCC909u);
    a = mix(state += golden);
    b = mix(state += golden);
    c = mix(state += golden);
    d = mix(state += golden);
  }
  u64 next() {
    u64 result = std::rotl(b * 5, 7) * 9, shifted = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = std::rotl(d, 45);
    return result;
  }
  i64 between(i64 low, i64 high) {
    if (low == high) return low;
    u64 bound = static_cast<u64>(high - low) + 1;
    auto product = static_cast<unsigned __int128>(next()) * bound;
    if (static_cast<u64>(product) < bound) {
      u64 threshold = -bound % bound;
      while (static_cast<u64>(product) < threshold) product = static_cast<unsigned __int128>(next()) * bound;
    }
    return low + static_cast<i64>(product >> 64);
  }
};

struct Histogram {
  i64 count = 0, least = never, most = -1;
  __int128 sum = 0;
  std::vector<i64> bins = std::vector<i64>(2048);
  void add(i64 value) {
    count++;
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
    std::size_t bin = static_cast<std::size_t>(value);
    if (value >= 2048) {
      int octave = 63 - std::countl_zero(static_cast<u64>(value)) - 10;
      bin = (static_cast<std::size_t>(octave) << 10) + static_cast<std::size_t>(value >> octave);
    }
    if (bin >= bins.size()) bins.resize(std::max(bin + 1, bins.size() + 1024));
    bins[bin]++;
  }
};

// Processes in the order of the specification; `level` is their priority.
enum Actor { requester, rs, ds, vfs, tcp, driver_old, driver_new, ap, nobody };
constexpr std::array<int, 8> level = {4, 4, 4, 5, 7, 7, 7, 8};

enum Kind { update, store, retrieve, write, transmit, sent, quiesce, ready_ };

struct Letter {
  Kind kind;
  int caller;
};

struct Queue {
  std::array<Letter, 8> letters;
  int count = 0;
  void push(Letter letter) { letters[static_cast<std::size_t>(count++)] = letter; }
  Letter take(int place) {
    Letter letter = letters[static_cast<std::size_t>(place)];
    count--;
    for (int k = place; k < count; k++) letters[static_cast<std::size_t>(k)] = letters[static_cast<std::size_t>(k) + 1];
    return letter;
  }
};

class Simulation {
 public:
  Histogram replacement, sends, gaps, frames;
  i64 moves = 0;

  void trial(u64 number) {
    random = Xoshiro256(1, number);
    now = 0;
    running = nobody;
    ready_count = 0;
    work_due = nic_due = asked_due = never;
    bound = driver_old;
    rounds = 1000;
    mark = -1;
    nic_waits = 0;
    for (int k = 0; k < 8; k++) at[k] = 0, left[k] = -1, idle[k] = false, box[k].count = 0;
    i64 in_driver = random.between(0, 750 * fine / 2) * 2;
    server_low = 150 * fine;
    server_high = (1050 * fine - in_driver) >> 1;
    driver_high = 150 * fine + in_driver;
    for (Actor actor : {requester, rs, ds, vfs, tcp, driver_old, ap}) enqueue(actor, false);
    ending = nobody;
    settle();
    moves++;
    while (true) {
      i64 next = std::min(std::min(work_due, asked_due), nic_due);
      if (next == never) return;
      now = next;
      moves++;
      ending = nobody;
      if (work_due == next) {
        work_due = never;
        at[running]++;
        ending = running;
      } else {
        bool asked = asked_due == next && (nic_due != next || random.next() < (u64{1} << 63));
        if (asked) {
          asked_due = never;
          at[requester]++;
          enqueue(requester, false);
        } else {
          nic_due = never;
          frames.add(now - frame_begun);
          deliver(bound, {sent, nobody});
          start_nic();
        }
      }
      settle();
    }
  }

 private:
  Xoshiro256 random{1, 0};
  i64 now, work_due, nic_due, asked_due, server_low, server_high, driver_high, mark, send_begin, frame_begun, asked;
  int running, ready_count, ending, bound, rounds, nic_waits;
  std::array<int, 8> ready;
  int at[8];
  i64 left[8];
  bool idle[8];
  int caller[8];
  Queue box[8];

  void enqueue(int actor, bool head) {
    int place = ready_count++;
    while (place > 0 && (head ? level[ready[place - 1]] >= level[actor] : level[ready[place - 1]] > level[actor])) {
      ready[place] = ready[place - 1];
      place--;
    }
    ready[place] = actor;
  }

  void deliver(int target, Letter letter) {
    box[target].push(letter);
    if (idle[target]) {
      idle[target] = false;
      enqueue(target, false);
    }
  }

  void call(int from, int target, Kind kind) {
    deliver(target, {kind, from});
    running = nobody;
  }

  void reply(int actor) {
    at[actor]++;
    int to = caller[actor];
    if (to == nobody) return;
    caller[actor] = nobody;
    at[to]++;
    enqueue(to, false);
  }

  void work(i64 low, i64 high) { work_due = now + random.between(low, high); }

  void start_nic() {
    if (nic_due != never || nic_waits == 0) return;
    nic_waits--;
    nic_due = now + 4408 * fine;
  }

  // The next message of the kinds a server takes, urgent kinds first; false: it waits.
  bool receive(int actor, Kind urgent, Letter& letter) {
    Queue& queue = box[actor];
    if (queue.count == 0) {
      idle[actor] = true;
      running = nobody;
      return false;
    }
    int best = 0;
    for (int k = 0; k < queue.count; k++) {
      if (queue.letters[static_cast<std::size_t>(k)].kind == sent || queue.letters[static_cast<std::size_t>(k)].kind == urgent) {
        best = k;
        break;
      }
    }
    letter = queue.take(best);
    caller[actor] = letter.caller;
    return true;
  }

  // Whether the process is through with the work before, so that it may be preempted here.
  bool goes_on(int actor) {
    if (ending != actor) return false;
    ending = nobody;
    return true;
  }

  void kill(int actor) {
    for (int k = 0; k < ready_count; k++)
      if (ready[k] == actor) {
        ready_count--;
        for (; k < ready_count; k++) ready[k] = ready[k + 1];
      }
    idle[actor] = false;
    box[actor].count = 0;
    left[actor] = -1;
  }

  void settle() {
    while (true) {
      if (ready_count > 0) {
        int next = ready[0];
        if (running == nobody || (level[next] < level[running] && ending != running)) {
          if (running != nobody) {
            if (work_due != never) {
              left[running] = work_due - now;
              work_due = never;
            }
            enqueue(running, true);
          }
          ready_count--;
          for (int k = 0; k < ready_count; k++) ready[k] = ready[k + 1];
          running = next;
          if (left[next] >= 0) {
            work_due = now + left[next];
            left[next] = -1;
          }
        }
      }
      if (running == nobody || work_due != never) return;
      step(running);
    }
  }

  void step(int actor) {
    Letter letter;
    switch (actor) {
      case requester:
        switch (at[actor]) {
          case 0:
            running = nobody;
            asked_due = now + random.between(0, 1000000000);
            return;
          case 1:
            asked = now;
            at[actor]++;
            return call(actor, rs, update);
          default:
            replacement.add(now - asked);
            running = nobody;
            return;
        }
      case rs:
        switch (at[actor]) {
          case 0:
            if (goes_on(actor) || !receive(actor, update, letter)) return;
            at[actor] = 1;
            return;
          case 1: return work(3110 * fine, 3160 * fine);
          case 2:
            if (goes_on(actor)) return;
            return call(actor, driver_old, quiesce);
          case 3: return call(actor, ds, store);
          case 4:
            at[actor] = 5;
            enqueue(driver_new, false);
            return;
          case 5: return call(actor, driver_new, ready_);
          case 6: {
            bound = driver_new;
            Queue old = box[driver_old];
            box[driver_old].count = 0;
            for (int k = 0; k < old.count; k++) {
              Letter moved = old.letters[static_cast<std::size_t>(k)];
              if (moved.kind == transmit || moved.kind == sent) deliver(driver_new, moved);
              else box[driver_old].push(moved);
            }
            at[actor] = 7;
            return;
          }
          case 7:
            kill(driver_old);
            at[actor] = 8;
            return;
          case 8: return work(3110 * fine, 3160 * fine);
          case 9: return reply(actor);
          default: at[actor] = 0; return;
        }
      case ds:
        switch (at[actor]) {
          case 0:
            if (goes_on(actor) || !receive(actor, write, letter)) return;
            at[actor] = 1;
            return;
          case 1: return work(3110 * fine, 3160 * fine);
          case 2: return reply(actor);
          default: at[actor] = 0; return;
        }
      case vfs:
        switch (at[actor]) {
          case 0:
            if (goes_on(actor) || !receive(actor, update, letter)) return;
            at[actor] = 1;
            return;
          case 1: return work(server_low, server_high);
          case 2:
            if (goes_on(actor)) return;
            return call(actor, tcp, write);
          case 3: return reply(actor);
          default: at[actor] = 0; return;
        }
      case tcp:
        switch (at[actor]) {
          case 0:
            if (goes_on(actor) || !receive(actor, update, letter)) return;
            at[actor] = 1;
            return;
          case 1: return work(server_low, server_high);
          case 2:
            if (goes_on(actor)) return;
            at[actor] = 3;
            return deliver(bound, {transmit, nobody});
          case 3: return reply(actor);
          default: at[actor] = 0; return;
        }
      case driver_new:
        if (at[actor] < 3) {
          switch (at[actor]) {
            case 0: return work(3110 * fine, 3160 * fine);
            case 1:
              if (goes_on(actor)) return;
              return call(actor, ds, retrieve);
            default: at[actor] = 3; return;
          }
        }
        [[fallthrough]];
      case driver_old:
        switch (at[actor]) {
          case 0:
          case 3:
            if (goes_on(actor) || !receive(actor, quiesce, letter)) return;
            if (letter.kind == transmit) at[actor] = 4;
            else if (letter.kind == quiesce) at[actor] = 6;
            else if (letter.kind == ready_) at[actor] = 8;
            return;
          case 4: return work(150 * fine, driver_high);
          case 5:
            if (goes_on(actor)) return;
            at[actor] = 3;
            nic_waits++;
            return start_nic();
          case 6: return reply(actor);
          case 7: running = nobody; return;
          case 8: return reply(actor);
          default: at[actor] = 3; return;
        }
      case ap:
        switch (at[actor]) {
          case 0:
            if (goes_on(actor)) return;
            if (mark >= 0) gaps.add(now - mark);
            mark = now;
            frame_begun = now;
            send_begin = now;
            return call(actor, vfs, write);
          case 1:
            sends.add(now - send_begin);
            at[actor] = 2;
            return;
          case 2: return work(50000 * fine, 50000 * fine);
          default:
            if (--rounds > 0) {
              at[actor] = 0;
            } else {
              running = nobody;
            }
            return;
        }
      default: return;
    }
  }
};

void print(const char* name, const Histogram& h) {
  if (h.count > 0) std::printf("%s count %lld sum %lld least %lld most %lld\n", name, (long long)h.count, (long long)h.sum, (long long)h.least, (long long)h.most);
}

}  // namespace

int main(int count, char** arguments) {
  long trials = count > 1 ? std::atol(arguments[1]) : 1000;
  Simulation simulation;
  std::clock_t begin = std::clock();
  for (long k = 0; k < trials; k++) simulation.trial(static_cast<u64>(k));
  double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("moves %lld seconds %.6f\n", (long long)simulation.moves, seconds);
  print("replacement_time", simulation.replacement);
  print("send_time", simulation.sends);
  print("gap(ap.send)", simulation.gaps);
  print("frame_left", simulation.frames);
}
