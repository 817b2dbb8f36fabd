(** * Proofs about stopwatch automata

    Part 1 is what has to be read to know what a theorem of Proof.v says, and of part 6 the two lines that say what [reals] and [rationals]
    are made of. The rest is the checker of certificates and of runs and the proof that what they accept is true; Coq has checked it, nobody
    needs to read it. No axioms are used except, for [reals], those of Coq's own real numbers. *)

From Coq Require Import NArith ZArith QArith List Bool Lia Setoid Morphisms Ring.
Import ListNotations.
Unset Lia Cache.
Unset Nia Cache.

(** * 1. What is proved: automata, their runs, what clocks show

    Numbers of locations, timers and flags, and what they mean, are those of model.json. *)

(** An instant or a duration, in ticks: an ordered ring with the rational numbers in it. [reals] and [rationals], below, are two. *)
Record time := Time {
  value :> Type;
  le : value -> value -> Prop;
  lt : value -> value -> Prop;
  plus : value -> value -> value;
  minus : value -> value -> value;
  times : value -> value -> value;
  opp : value -> value;
  of_Q : Q -> value;
  same a b := le a b /\ le b a;

  le_trans : forall a b c, le a b -> le b c -> le a c;
  le_or_lt : forall a b, le a b \/ lt b a;
  lt_le : forall a b, lt a b -> le a b;
  lt_not_le : forall a b, lt a b -> ~ le b a;
  plus_le : forall a b c, le a b -> le (plus c a) (plus c b);
  times_positive : forall a b, le (of_Q 0) a -> le (of_Q 0) b -> le (of_Q 0) (times a b);
  times_same : forall a b c, same a b -> same (times a c) (times b c);
  is_ring : ring_theory (of_Q 0) (of_Q 1) plus times minus opp same;
  of_Q_le : forall p q, (p <= q)%Q -> le (of_Q p) (of_Q q);
  of_Q_lt : forall p q, (p < q)%Q -> lt (of_Q p) (of_Q q);
  of_Q_plus : forall p q, same (of_Q (p + q)) (plus (of_Q p) (of_Q q));
  of_Q_times : forall p q, same (of_Q (p * q)) (times (of_Q p) (of_Q q));
}.

(*----------------------------------------------------------- read from here ...*)

Inductive rate := Down | Still | Up.                              (* -1, 0, 1 *)
Inductive origin := Continues (source : N) | Begins.
Inductive ending := Clock (clock : N) | AtOnce.                   (* AtOnce: of an occurrence that began on the same edge *)
Record bound := Bound { sum : Z; over : positive; terms : list (N * Z) }.          (* (sum + F*p + ...) / over, terms p, F *)
Record interval := Interval { timer : N; low : bound; high : option bound }.
Record edge := Edge {
  fires : option N; at_once : bool; before : list N;              (* the timer that fires; None: the scheduler's turn *)
  to : N; continues : list origin; fresh : list interval;         (* the target; for each timer there where it comes from *)
  ends : list ending; edge_flags : list N }.
Record location := Location { rates : list rate; flags : list N; edges : option (list edge) }.
Record automaton := Automaton { initial : list edge; locations : list location }.

Inductive place := Start | At (number : N).
Definition location_of (M : automaton) (p : place) : option location :=
  match p with
  | Start => Some (Location [] [] (Some (initial M)))
  | At q => nth_error (locations M) (N.to_nat q)
  end.
Definition has_rate (l : location) (r : rate) (j : N) := nth_error (rates l) (N.to_nat j) = Some r.
Definition scheduler_has_turn (l : location) := exists es e, edges l = Some es /\ In e es /\ fires e = None.

Section Runs.
  Variable T : time.
  Variable M : automaton.
  Definition valuation := N -> T.                                 (* of the timers at a location *)

  (** The time that passes before an edge. *)
  Definition delay (e : edge) (x : valuation) : T := match fires e with Some f => x f | None => of_Q T 0 end.

  (** Values [x] permit an edge: what it fires is the first to reach 0. *)
  Definition permits (l : location) (x : valuation) (e : edge) : Prop :=
    (forall j, has_rate l Down j -> fires e <> Some j -> le T (delay e x) (x j) /\ (In j (before e) -> lt T (delay e x) (x j))) /\
    (at_once e = true -> le T (delay e x) (of_Q T 0)).

  (** Values afterwards; [y]: of timers that begin. *)
  Definition passed (l : location) (e : edge) (x : valuation) (s : N) : T :=
    match nth_error (rates l) (N.to_nat s) with
    | Some Down => minus T (x s) (delay e x) | Some Up => plus T (x s) (delay e x) | _ => x s
    end.
  Definition after (l : location) (e : edge) (x y : valuation) : valuation := fun k =>
    match nth_error (continues e) (N.to_nat k) with Some (Continues s) => passed l e x s | _ => y k end.

  Definition at_bound (b : bound) (x : valuation) : T :=
    fold_right (fun t rest => plus T (times T (of_Q T (snd t # over b)) (x (fst t))) rest) (of_Q T (sum b # over b)) (terms b).
  Definition within (i : interval) (x : valuation) (v : T) : Prop :=
    le T (at_bound (low i) x) v /\ match high i with Some h => le T v (at_bound h x) | None => True end.

  (** An edge can be taken from [x], and what begins on it begins with values [y]. *)
  Definition takes (l : location) (x : valuation) (e : edge) (y : valuation) : Prop :=
    (exists es, edges l = Some es /\ In e es) /\ permits l x e /\ forall i, In i (fresh e) -> within i (after l e x y) (y (timer i)).

  (** The states of runs. A run begins with an initial edge; at [Start] there are no timers. *)
  Inductive reachable : place -> valuation -> Prop :=
  | begins : forall x, reachable Start x
  | step : forall p l x e y, reachable p x -> location_of M p = Some l -> takes l x e y -> reachable (At (to e)) (after l e x y).

  (** Time [d] can pass at a location: nothing is due before, and the scheduler does not let its turn pass. *)
  Definition waits (l : location) (x : valuation) (d : T) : Prop :=
    le T (of_Q T 0) d /\ (forall j, has_rate l Down j -> le T d (x j)) /\ (scheduler_has_turn l -> le T d (of_Q T 0)).

  (** What a clock shows at a state and until the next edge is taken, that moment included. *)
  Inductive elapses (p : place) (x : valuation) : T -> Prop :=
  | while_waiting : forall l c d, location_of M p = Some l -> has_rate l Up c -> waits l x d -> elapses p x (plus T (x c) d)
  | when_leaving : forall l c e y, location_of M p = Some l -> has_rate l Up c -> takes l x e y -> elapses p x (plus T (x c) (delay e x))
  | no_time : forall l e y, location_of M p = Some l -> takes l x e y -> In AtOnce (ends e) -> elapses p x (of_Q T 0).

  (** What a clock shows when what it times ends, with the next edge. *)
  Inductive ends_after (p : place) (x : valuation) : T -> Prop :=
  | ends_on : forall l c e y, location_of M p = Some l -> takes l x e y -> In (Clock c) (ends e) -> ends_after p x (plus T (x c) (delay e x))
  | ends_at_once : forall l e y, location_of M p = Some l -> takes l x e y -> In AtOnce (ends e) -> ends_after p x (of_Q T 0).

  (** A flag is at the location, or on the next edge. *)
  Inductive meets (p : place) (x : valuation) (f : N) : Prop :=
  | flagged_location : forall l, location_of M p = Some l -> In f (flags l) -> meets p x f
  | flagged_edge : forall l e y, location_of M p = Some l -> takes l x e y -> In f (edge_flags e) -> meets p x f.

  (** A move that takes no time, from one state to the next; and that no run makes infinitely many of them one after the other. *)
  Inductive at_once_to : place * valuation -> place * valuation -> Prop :=
  | in_no_time : forall p l x e y, location_of M p = Some l -> takes l x e y -> same T (delay e x) (of_Q T 0) -> at_once_to (p, x) (At (to e), after l e x y).
  Definition time_passes : Prop := forall states : nat -> place * valuation,
    reachable (fst (states O)) (snd (states O)) -> ~ forall n, at_once_to (states n) (states (S n)).

  (** Edges are written down at every location that a run comes to. *)
  Definition complete : Prop := forall p x, reachable p x -> exists l es, location_of M p = Some l /\ edges l = Some es.
End Runs.

(*----------------------------------------------------------- ... to here *)

(** * 2. Rows over a ring, and sums of them *)

Section Rows.
  Variable T : time.
  Notation "a == b" := (same T a b) (at level 70).
  Notation "a <== b" := (le T a b) (at level 70).
  Notation "a <<< b" := (lt T a b) (at level 70).
  Notation "a +! b" := (plus T a b) (at level 50, left associativity).
  Notation "a *! b" := (times T a b) (at level 40, left associativity).
  Notation "a -! b" := (minus T a b) (at level 50, left associativity).
  Definition iz (a : Z) : T := of_Q T (inject_Z a).
  Notation "0!" := (of_Q T 0).
  Notation "1!" := (of_Q T 1).

  Lemma le_refl : forall a, a <== a.
  Proof. intro a. destruct (le_or_lt T a a); auto using lt_le. Qed.

  Instance same_equivalence : Equivalence (same T).
  Proof.
    split; unfold same.
    - intro; split; apply le_refl.
    - intros a b [H G]; auto.
    - intros a b c [H G] [I J]; split; eapply le_trans; eauto.
  Qed.

  Instance plus_proper : Proper (same T ==> same T ==> same T) (plus T).
  Proof.
    intros a b E c d F.
    assert (G : a +! c == a +! d) by (split; apply plus_le; apply F).
    transitivity (a +! d); [ exact G | ].
    rewrite (Radd_comm (is_ring T) a d), (Radd_comm (is_ring T) b d).
    split; apply plus_le; apply E.
  Qed.

  Instance times_proper : Proper (same T ==> same T ==> same T) (times T).
  Proof.
    intros a b E c d F.
    transitivity (b *! c); [ apply times_same; exact E | ].
    rewrite (Rmul_comm (is_ring T) b c), (Rmul_comm (is_ring T) b d).
    apply times_same; exact F.
  Qed.

  Lemma opp_unique : forall a b, a +! b == 0! -> b == opp T a.
  Proof.
    intros a b E.
    rewrite <- (Radd_0_l (is_ring T) b).
    rewrite <- (Ropp_def (is_ring T) a).
    rewrite (Radd_comm (is_ring T) a (opp T a)), <- (Radd_assoc (is_ring T)), E.
    rewrite (Radd_comm (is_ring T)), (Radd_0_l (is_ring T)). reflexivity.
  Qed.

  Instance opp_proper : Proper (same T ==> same T) (opp T).
  Proof.
    intros a b E. apply opp_unique. rewrite <- E. apply (Ropp_def (is_ring T)).
  Qed.

  Instance minus_proper : Proper (same T ==> same T ==> same T) (minus T).
  Proof. intros a b E c d F. rewrite !(Rsub_def (is_ring T)), E, F. reflexivity. Qed.

  Lemma ring_extends : ring_eq_ext (plus T) (times T) (opp T) (same T).
  Proof. split; intros; [ apply plus_proper | apply times_proper | apply opp_proper ]; auto. Qed.

  Add Ring value_ring : (is_ring T) (setoid same_equivalence ring_extends).

  Instance le_proper : Proper (same T ==> same T ==> iff) (le T).
  Proof.
    intros a b [E E'] c d [F F']; split; intro H.
    - eapply le_trans; [ exact E' | ]. eapply le_trans; eauto.
    - eapply le_trans; [ exact E | ]. eapply le_trans; eauto.
  Qed.

  Lemma not_le_lt : forall a b, ~ b <== a -> a <<< b.
  Proof. intros a b H. destruct (le_or_lt T b a); tauto. Qed.

  Instance lt_proper : Proper (same T ==> same T ==> iff) (lt T).
  Proof.
    intros a b E c d F; split; intro H; apply not_le_lt; intro G; apply (lt_not_le T _ _ H).
    - rewrite E, F; exact G.
    - rewrite <- E, <- F; exact G.
  Qed.

  Lemma of_Q_same : forall p q, (p == q)%Q -> of_Q T p == of_Q T q.
  Proof. intros p q E; split; apply of_Q_le; rewrite E; apply Qle_refl. Qed.

  Lemma iz_plus : forall a b, iz (a + b) == iz a +! iz b.
  Proof. intros. unfold iz. rewrite <- of_Q_plus. rewrite inject_Z_plus. reflexivity. Qed.

  Lemma iz_times : forall a b, iz (a * b) == iz a *! iz b.
  Proof. intros. unfold iz. rewrite <- of_Q_times. rewrite inject_Z_mult. reflexivity. Qed.

  Lemma iz_0 : iz 0 = 0!.
  Proof. reflexivity. Qed.

  Lemma iz_1 : iz 1 = 1!.
  Proof. reflexivity. Qed.

  Lemma iz_opp : forall a, iz (- a) == opp T (iz a).
  Proof.
    intro a. apply opp_unique. rewrite <- iz_plus. replace (a + - a)%Z with 0%Z by lia. reflexivity.
  Qed.

  Lemma iz_le : forall a b, (a <= b)%Z -> iz a <== iz b.
  Proof. intros. apply of_Q_le. rewrite <- Zle_Qle. auto. Qed.

  Lemma iz_lt : forall a b, (a < b)%Z -> iz a <<< iz b.
  Proof. intros. apply of_Q_lt. rewrite <- Zlt_Qlt. auto. Qed.

  (** Order, by differences from 0. *)
  Lemma le_minus : forall a b, a <== b <-> 0! <== b -! a.
  Proof.
    intros a b; split; intro H.
    - apply (plus_le T _ _ (opp T a)) in H.
      setoid_replace (opp T a +! a) with 0! in H by ring.
      setoid_replace (opp T a +! b) with (b -! a) in H by ring. exact H.
    - apply (plus_le T _ _ a) in H.
      setoid_replace (a +! 0!) with a in H by ring.
      setoid_replace (a +! (b -! a)) with b in H by ring. exact H.
  Qed.

  Lemma lt_minus : forall a b, a <<< b <-> 0! <<< b -! a.
  Proof.
    intros a b; split; intro H; apply not_le_lt; intro G; apply (lt_not_le T _ _ H).
    - apply le_minus. apply le_minus in G. setoid_replace (a -! b) with (0! -! (b -! a)) by ring. exact G.
    - apply le_minus. apply le_minus in G. setoid_replace (0! -! (b -! a)) with (a -! b) by ring. exact G.
  Qed.

  Lemma plus_positive : forall a b, 0! <== a -> 0! <== b -> 0! <== a +! b.
  Proof.
    intros a b H G. eapply le_trans; [ exact H | ].
    apply le_minus. setoid_replace (a +! b -! a) with b by ring. exact G.
  Qed.

  Lemma plus_positive_strict : forall a b, 0! <<< a -> 0! <== b -> 0! <<< a +! b.
  Proof.
    intros a b H G. apply not_le_lt; intro I. apply (lt_not_le T _ _ H).
    eapply le_trans; [ | exact I ].
    apply le_minus. setoid_replace (a +! b -! a) with b by ring. exact G.
  Qed.

  Lemma iz_positive : forall a, (0 <= a)%Z -> 0! <== iz a.
  Proof. intros. rewrite <- iz_0. apply iz_le; auto. Qed.

  Lemma iz_times_strict : forall m a, (0 < m)%Z -> 0! <<< a -> 0! <<< iz m *! a.
  Proof.
    intros m a M H.
    setoid_replace (iz m *! a) with (a +! iz (m - 1) *! a).
    - apply plus_positive_strict; auto. apply times_positive; [ apply iz_positive; lia | apply lt_le; auto ].
    - replace m with (1 + (m - 1))%Z at 1 by lia. rewrite iz_plus, iz_1. ring.
  Qed.

  Lemma cancel : forall m a, (0 < m)%Z -> 0! <== iz m *! a -> 0! <== a.
  Proof.
    intros m a M H. destruct (le_or_lt T 0! a) as [ | G ]; auto. exfalso.
    apply lt_minus in G. apply (iz_times_strict m _ M) in G.
    apply (lt_not_le T _ _ G). apply le_minus.
    setoid_replace (0! -! iz m *! (0! -! a)) with (iz m *! a) by ring. exact H.
  Qed.

  Lemma cancel_strict : forall m a, (0 < m)%Z -> 0! <<< iz m *! a -> 0! <<< a.
  Proof.
    intros m a M H. destruct (le_or_lt T a 0!) as [ G | ]; auto. exfalso.
    apply (lt_not_le T _ _ H). apply le_minus in G. apply le_minus.
    setoid_replace (0! -! iz m *! a) with (iz m *! (0! -! a)) by ring.
    apply times_positive; auto. apply iz_positive; lia.
  Qed.
End Rows.

(** * 3. Certificates and their checker: whole numbers only *)

(** c + a*v + ..., the variables v being timers before an edge, from 0, and those that begin on it: k as -1-k. *)
Record form := Form { constant : Z; factors : list (Z * Z) }.
(** Such a sum is not negative; positive, if strict. *)
Record row := Row { strict : bool; slack : form }.

Inductive reason :=
| goes (node : Z) (by_ : list Z)              (* it lands in this node: a combination for each of its rows *)
| no (combination : Z)                        (* nothing takes the edge *)
| later (combination : Z) (and : reason)      (* time passes on the edge *)
| cases (side : list Z) (one other : reason). (* over a row and over its opposite *)
Record node := Node { at_location : N; rank : N; node_rows : list Z; steps : list (reason * list Z) }.
Record certificate := Certificate {
  rows : list (list Z);                       (* [b; strict; i; a; j; a'; ...]: a*x_i + a'*x_j + ... <= b *)
  combinations : list (list Z);               (* [m; i; l; j; l'; ...]: l times premise i and so on is m times the conclusion *)
  initial_steps : list (reason * list Z);
  nodes : list node;
  slow : list (list N) }.                     (* by location: timers that fire once in an instant at most *)
Inductive claim := Max (bound : Q) (is_strict : bool) | Min (bound : Q) (is_strict : bool) | Never (flag : N) | Passes.

(** Lists by number. *)
Inductive tree A := Leaf | Branch (l : tree A) (a : option A) (r : tree A).
Arguments Leaf {A}. Arguments Branch {A}.
Fixpoint get {A} (t : tree A) (p : positive) : option A :=
  match t, p with
  | Leaf, _ => None
  | Branch _ a _, xH => a
  | Branch l _ _, xO q => get l q
  | Branch _ _ r, xI q => get r q
  end.
Fixpoint put {A} (t : tree A) (p : positive) (a : A) : tree A :=
  match t, p with
  | Leaf, xH => Branch Leaf (Some a) Leaf
  | Leaf, xO q => Branch (put Leaf q a) None Leaf
  | Leaf, xI q => Branch Leaf None (put Leaf q a)
  | Branch l _ r, xH => Branch l (Some a) r
  | Branch l b r, xO q => Branch (put l q a) b r
  | Branch l b r, xI q => Branch l b (put r q a)
  end.
Fixpoint number {A} (l : list A) (p : positive) (t : tree A) : tree A :=
  match l with [] => t | a :: rest => number rest (Pos.succ p) (put t p a) end.
Definition index {A} (l : list A) : tree A := number l 1 Leaf.
Definition find {A} (t : tree A) (i : Z) : option A := match Z.succ i with Zpos p => get t p | _ => None end.

Fixpoint add1 (v a : Z) (l : list (Z * Z)) : list (Z * Z) :=
  match l with
  | [] => [(v, a)]
  | (w, b) :: rest =>
    match (v ?= w)%Z with
    | Lt => (v, a) :: l
    | Eq => (w, (a + b)%Z) :: rest
    | Gt => (w, b) :: add1 v a rest
    end
  end.
Fixpoint add_times (m : Z) (l : list (Z * Z)) (acc : list (Z * Z)) : list (Z * Z) :=
  match l with [] => acc | (v, a) :: rest => add_times m rest (add1 v (m * a)%Z acc) end.
Definition add (m : Z) (f acc : form) : form := Form (m * constant f + constant acc)%Z (add_times m (factors f) (factors acc)).
Definition nothing_left (l : list (Z * Z)) : bool := forallb (fun t => Z.eqb (snd t) 0) l.

Fixpoint read_terms (l : list Z) : list (Z * Z) :=
  match l with i :: a :: rest => (i, (- a)%Z) :: read_terms rest | _ => [] end.
Definition read_row (l : list Z) : row :=
  match l with b :: s :: rest => Row (Z.eqb s 1) (Form b (read_terms rest)) | _ => Row false (Form 0 []) end.
Definition opposite (r : row) : row := Row (negb (strict r)) (add (-1) (slack r) (Form 0 [])).
(** A row of a node speaks of timers only. *)
Definition of_timers (r : row) : row := Row (strict r) (Form (constant (slack r)) (map (fun t => (Z.max 0 (fst t), snd t)) (factors (slack r)))).

(** The variables before an edge, and the values afterwards, as forms. *)
Definition delay_form (e : edge) : list (Z * Z) := match fires e with Some f => [(Z.of_N f, 1%Z)] | None => [] end.
Definition times_rate (r : option rate) : Z := match r with Some Down => -1 | Some Up => 1 | _ => 0 end.
Definition after_form (l : location) (e : edge) (k : N) : list (Z * Z) :=
  match nth_error (continues e) (N.to_nat k) with
  | Some (Continues s) =>
    match nth_error (rates l) (N.to_nat s) with
    | Some Down => add_times (-1) (delay_form e) [(Z.of_N s, 1%Z)]
    | Some Up => add_times 1 (delay_form e) [(Z.of_N s, 1%Z)]
    | _ => [(Z.of_N s, 1%Z)]
    end
  | _ => [((- 1 - Z.of_N k)%Z, 1%Z)]
  end.
Fixpoint afterwards (l : location) (e : edge) (terms acc : list (Z * Z)) : list (Z * Z) :=
  match terms with [] => acc | (v, a) :: rest => afterwards l e rest (add_times a (after_form l e (Z.to_N v)) acc) end.

(** Premises: those of the node, guards, those of intervals. *)
Definition mem (j : N) (l : list N) : bool := existsb (N.eqb j) l.
Definition fires_it (e : edge) (j : N) : bool := match fires e with Some f => N.eqb f j | None => false end.
Fixpoint numbered {A} (l : list A) (n : N) : list (N * A) := match l with [] => [] | a :: rest => (n, a) :: numbered rest (N.succ n) end.
Definition is_down (r : rate) : bool := match r with Down => true | _ => false end.
Definition is_up (r : rate) : bool := match r with Up => true | _ => false end.
Definition those (which : rate -> bool) (l : location) : list N := map fst (filter (fun t => which (snd t)) (numbered (rates l) 0)).
Definition guards (l : location) (e : edge) : list row :=
  map (fun j => Row (mem j (before e)) (Form 0 (add_times (-1) (delay_form e) [(Z.of_N j, 1%Z)])))
    (filter (fun j => negb (fires_it e j)) (those is_down l))
  ++ match fires e with Some f => if at_once e then [Row false (Form 0 [(Z.of_N f, (-1)%Z)])] else [] | None => [] end.
Definition end_row (l : location) (e : edge) (sign : Z) (k : N) (b : bound) : row :=
  Row false (Form (- sign * sum b)
    (fold_right (fun t acc => add_times (- sign * snd t) (after_form l e (fst t)) acc) [((- 1 - Z.of_N k)%Z, (sign * Zpos (over b))%Z)] (terms b))).
Definition interval_rows (l : location) (e : edge) (i : interval) : list row :=
  end_row l e 1 (timer i) (low i) :: match high i with Some h => [end_row l e (-1) (timer i) h] | None => [] end.
Definition trivial_row := Row false (Form 0 []).

(** Sums of premises. *)
Fixpoint add_up (premises : list row) (l : list Z) (s : bool) (acc : form) : option row :=
  match l with
  | [] => Some (Row s acc)
  | i :: m :: rest =>
    match nth_error premises (Z.to_nat i) with
    | Some r => if Z.ltb m 0 then None else add_up premises rest (s || (strict r && Z.ltb 0 m)) (add m (slack r) acc)
    | None => None
    end
  | _ => None
  end.
(** Premises added up, less m times the goal, are no more than 0 (less, if the goal is strict and no premise was). *)
Definition suffices (premises : list row) (sums : list Z) (m : Z) (goal : row) : bool :=
  match add_up premises sums false (Form 0 []) with
  | Some r =>
    let rest := add (- m) (slack goal) (slack r) in
    nothing_left (factors rest) && (if strict goal && negb (strict r) then Z.ltb (constant rest) 0 else Z.leb (constant rest) 0)
  | None => false
  end.
Definition shows (premises : list row) (combination : option (list Z)) (goal : row) : bool :=
  match combination with Some (m :: sums) => Z.ltb 0 m && suffices premises sums m goal | _ => false end.
Definition contradicts (premises : list row) (combination : option (list Z)) : bool :=
  match combination with Some (_ :: sums) => suffices premises sums 1 (Row true (Form 0 [])) | _ => false end.

Section Check.
  Variable M : automaton.
  Variable row_tree : tree row.
  Variable combination_tree : tree (list Z).
  Variable node_tree : tree node.
  Variable the_claim : claim.

  Definition rows_of (n : node) : list row := map (fun i => match find row_tree i with Some r => r | None => trivial_row end) (node_rows n).
  Definition all_shown (premises : list row) (l : location) (e : edge) (by_ : list Z) (n : node) : bool :=
    (fix each (by_ : list Z) (goals : list row) : bool :=
      match by_, goals with
      | [], [] => true
      | c :: by_, g :: goals =>
        shows premises (find combination_tree c) (Row (strict g) (Form (constant (slack g)) (afterwards l e (factors (slack g)) []))) && each by_ goals
      | _, _ => false
      end) by_ (rows_of n).
  Fixpoint lands (l : location) (e : edge) (premises : list row) (r : reason) : bool :=
    match r with
    | goes n by_ =>
      match find node_tree n with
      | Some n => N.eqb (at_location n) (to e) && all_shown premises l e by_ n
      | None => false
      end
    | no c => contradicts premises (find combination_tree c)
    | later _ r => lands l e premises r
    | cases side one other =>
      lands l e (premises ++ [read_row side]) one && lands l e (premises ++ [opposite (read_row side)]) other
    end.
  Fixpoint refuted (premises : list row) (r : reason) : bool :=
    match r with
    | goes _ _ => false
    | no c => contradicts premises (find combination_tree c)
    | later _ r => refuted premises r
    | cases side one other => refuted (premises ++ [read_row side]) one && refuted (premises ++ [opposite (read_row side)]) other
    end.

  (** sign * (clock + delay) against sign * bound *)
  Definition reading_row (e : edge) (sign : Z) (b : Q) (s : bool) (c : N) : row :=
    Row s (Form (sign * Qnum b) (add_times (- sign * Zpos (Qden b)) (delay_form e) [(Z.of_N c, (- sign * Zpos (Qden b))%Z)])).
  Fixpoint bounded (premises : list row) (e : edge) (sign : Z) (b : Q) (s : bool) (clocks : list N) (bounds : list Z) : bool :=
    match clocks, bounds with
    | [], _ => true
    | c :: clocks, i :: bounds => shows premises (find combination_tree i) (reading_row e sign b s c) && bounded premises e sign b s clocks bounds
    | _, _ => false
    end.
  Definition zero_is_inside (e : edge) (sign : Z) (b : Q) (s : bool) : bool :=
    negb (existsb (fun c => match c with AtOnce => true | _ => false end) (ends e)) || (if s then Z.ltb 0 (sign * Qnum b) else Z.leb 0 (sign * Qnum b)).
  Fixpoint ending_clocks (l : list ending) : list N := match l with [] => [] | Clock c :: rest => c :: ending_clocks rest | AtOnce :: rest => ending_clocks rest end.
  (** [own]: premises that are true whenever the edge is permitted, whether or not what begins on it finds a value. *)
  Definition keeps (l : location) (e : edge) (own premises : list row) (r : reason) (bounds : list Z) : bool :=
    match the_claim with
    | Max b s => refuted own r || (zero_is_inside e 1 b s && bounded own e 1 b s (those is_up l) bounds)
    | Min b s => refuted premises r || (zero_is_inside e (-1) b s && bounded premises e (-1) b s (ending_clocks (ends e)) bounds)
    | Never f => negb (mem f (edge_flags e)) || refuted premises r
    | Passes => true
    end.
  Definition step_right (l : location) (known : list row) (e : edge) (s : reason * list Z) : bool :=
    let own := known ++ guards l e in
    let begun := concat (map (interval_rows l e) (fresh e)) in
    lands l e (own ++ begun) (fst s) && keeps l e (own ++ map (fun _ => trivial_row) begun) (own ++ begun) (fst s) (snd s).
  Fixpoint steps_right (l : location) (known : list row) (es : list edge) (ss : list (reason * list Z)) : bool :=
    match es, ss with
    | [], [] => true
    | e :: es, s :: ss => step_right l known e s && steps_right l known es ss
    | _, _ => false
    end.

  (** Where a clock runs an edge is permitted at any time. *)
  Definition free (turn : bool) (es : list edge) (down : list N) (j : N) : bool :=
    existsb (fun e => fires_it e j && (turn || negb (at_once e)) && forallb (fun b => negb (mem b down)) (before e)) es.
  Fixpoint in_order (fuel : nat) (turn : bool) (es : list edge) (down : list N) : bool :=
    match down, fuel with
    | [], _ => true
    | _, O => false
    | _, S fuel => if existsb (free turn es down) down then in_order fuel turn es (filter (fun j => negb (free turn es down j)) down) else false
    end.
  Definition goes_on (l : location) (es : list edge) : bool :=
    let turn := existsb (fun e => match fires e with None => true | _ => false end) es in
    let down := those is_down l in
    (turn || match down with [] => false | _ => true end) && in_order (length down) turn es down.

  Definition location_right (l : location) (es : list edge) : bool :=
    match the_claim with
    | Max _ _ => match those is_up l with [] => true | _ => goes_on l es end
    | Min _ _ => true
    | Never f => negb (mem f (flags l))
    | Passes => true
    end.
  Definition node_right (n : node) : bool :=
    match location_of M (At (at_location n)) with
    | Some l => match edges l with Some es => location_right l es && steps_right l (rows_of n) es (steps n) | None => false end
    | None => false
    end.

  (** The rank goes down, or what fires is slow, or time passes. *)
  Variable slow_timers : list (list N).
  Definition slow_at (q : N) : list N := nth (N.to_nat q) slow_timers [].
  Fixpoint goes_down (from : node) (e : edge) (premises : list row) (r : reason) : bool :=
    match r with
    | goes n _ =>
      match fires e with Some f => mem f (slow_at (at_location from)) | None => false end
      || match find node_tree n with Some n => N.ltb (rank n) (rank from) | None => false end
    | no _ => true
    | later c _ => shows premises (find combination_tree c) (Row true (Form 0 (delay_form e)))
    | cases side one other => goes_down from e (premises ++ [read_row side]) one && goes_down from e (premises ++ [opposite (read_row side)]) other
    end.
  (** A slow timer begins above 0, or continues one, not the one that fires; no two continue the same. *)
  Definition source_of (e : edge) (k : N) : list N := match nth_error (continues e) (N.to_nat k) with Some (Continues s) => [s] | _ => [] end.
  Definition begins_late (e : edge) (k : N) : bool :=
    match nth_error (continues e) (N.to_nat k) with Some Begins => true | _ => false end
    && existsb (fun i => N.eqb (timer i) k && match terms (low i) with [] => Z.ltb 0 (sum (low i)) | _ => false end) (fresh e).
  Definition stays_slow (here : list N) (e : edge) (k : N) : bool :=
    begins_late e k || match source_of e k with [s] => mem s here && negb (fires_it e s) | _ => false end.
  Fixpoint distinct (l : list N) : bool := match l with [] => true | a :: rest => negb (mem a rest) && distinct rest end.
  Definition slow_kept (here there : list N) (e : edge) : bool :=
    forallb (stays_slow here e) there && distinct (flat_map (source_of e) there).
  Fixpoint steps_pass (from : node) (l : location) (known : list row) (es : list edge) (ss : list (reason * list Z)) : bool :=
    match es, ss with
    | e :: es, s :: ss =>
      goes_down from e ((known ++ guards l e) ++ concat (map (interval_rows l e) (fresh e))) (fst s)
      && slow_kept (slow_at (at_location from)) (slow_at (to e)) e && steps_pass from l known es ss
    | _, _ => true
    end.
  Definition node_passes (n : node) : bool :=
    match location_of M (At (at_location n)) with
    | Some l => match edges l with Some es => steps_pass n l (rows_of n) es (steps n) | None => false end
    | None => false
    end.
End Check.

Definition proves (M : automaton) (C : certificate) (c : claim) : bool :=
  let row_tree := index (map (fun r => of_timers (read_row r)) (rows C)) in
  let combination_tree := index (combinations C) in
  let node_tree := index (nodes C) in
  steps_right row_tree combination_tree node_tree c (Location [] [] (Some (initial M))) [] (initial M) (initial_steps C)
  && forallb (node_right M row_tree combination_tree node_tree c) (nodes C)
  && match c with Passes => forallb (node_passes M row_tree combination_tree node_tree (slow C)) (nodes C) | _ => true end.

(** * 4. What the checker accepts is true *)

Lemma get_put : forall A (t : tree A) p q (a b : A), get (put t p a) q = Some b -> b = a \/ get t q = Some b.
Proof.
  intros A t p; revert t; induction p; intros t q a b H; destruct t, q; simpl in *; try (apply IHp in H; tauto); try tauto;
    try discriminate; try (inversion H; tauto); destruct H; auto; destruct q; discriminate.
Qed.

Lemma get_number : forall A (l : list A) p t q b, get (number l p t) q = Some b -> In b l \/ get t q = Some b.
Proof.
  intros A l; induction l; simpl; intros p t q b H; auto.
  apply IHl in H. destruct H as [ | H ]; auto. apply get_put in H. destruct H; subst; auto.
Qed.

Lemma find_index : forall A (l : list A) i b, find (index l) i = Some b -> In b l.
Proof.
  intros A l i b H. unfold find, index in H. destruct (Z.succ i) as [ | p | ]; try discriminate.
  apply get_number in H. destruct H as [ | H ]; auto. destruct p; discriminate.
Qed.

Lemma mem_In : forall j l, mem j l = true <-> In j l.
Proof.
  intros. unfold mem. rewrite existsb_exists. split.
  - intros [k [H E]]. apply N.eqb_eq in E. subst; auto.
  - intro. exists j. split; auto. apply N.eqb_refl.
Qed.

Lemma numbered_In : forall A (l : list A) n j a, In (j, a) (numbered l n) <-> exists k, j = (n + N.of_nat k)%N /\ nth_error l k = Some a.
Proof.
  intros A l; induction l; simpl; intros n j b; split.
  - tauto.
  - intros [k [_ H]]. destruct k; discriminate.
  - intros [H | H].
    + inversion H; subst. exists O. split; auto. simpl. lia.
    + apply IHl in H. destruct H as [k [-> H]]. exists (S k). split; auto. lia.
  - intros [k [-> H]]. destruct k as [ | k ]; simpl in H.
    + inversion H; subst. left. f_equal. lia.
    + right. apply IHl. exists k. split; auto. lia.
Qed.

Lemma those_In : forall which l j, In j (those which l) <-> exists r, nth_error (rates l) (N.to_nat j) = Some r /\ which r = true.
Proof.
  intros. unfold those. rewrite in_map_iff. split.
  - intros [[k r] [E H]]. simpl in E; subst. apply filter_In in H. destruct H as [H W]. apply numbered_In in H.
    destruct H as [n [-> H]]. exists r. replace (N.to_nat (0 + N.of_nat n)) with n by lia. auto.
  - intros [r [H W]]. exists (j, r). split; auto. apply filter_In. split; auto. apply numbered_In. exists (N.to_nat j). split; auto. lia.
Qed.

Lemma those_down : forall l j, In j (those is_down l) <-> has_rate l Down j.
Proof.
  intros. rewrite those_In. unfold has_rate. split.
  - intros [r [H W]]. destruct r; try discriminate. auto.
  - intro H. exists Down; auto.
Qed.

Lemma those_up : forall l j, In j (those is_up l) <-> has_rate l Up j.
Proof.
  intros. rewrite those_In. unfold has_rate. split.
  - intros [r [H W]]. destruct r; try discriminate. auto.
  - intro H. exists Up; auto.
Qed.

Lemma fires_it_iff : forall e j, fires_it e j = true <-> fires e = Some j.
Proof.
  intros. unfold fires_it. destruct (fires e); split; intro H; try discriminate.
  - apply N.eqb_eq in H. subst; auto.
  - inversion H. apply N.eqb_refl.
Qed.

Section Truth.
  Variable T : time.
  Notation "a == b" := (same T a b) (at level 70).
  Notation "a <== b" := (le T a b) (at level 70).
  Notation "a <<< b" := (lt T a b) (at level 70).
  Notation "a +! b" := (plus T a b) (at level 50, left associativity).
  Notation "a *! b" := (times T a b) (at level 40, left associativity).
  Notation "a -! b" := (minus T a b) (at level 50, left associativity).

  Notation "0!" := (of_Q T 0).
  Notation "1!" := (of_Q T 1).
  Existing Instance same_equivalence.
  Existing Instance plus_proper.
  Existing Instance times_proper.
  Existing Instance opp_proper.
  Existing Instance minus_proper.
  Existing Instance le_proper.
  Existing Instance lt_proper.
  Add Ring value_ring2 : (is_ring T) (setoid (same_equivalence T) (ring_extends T)).

  Definition terms_value (z : Z -> T) (l : list (Z * Z)) : T := fold_right (fun t rest => iz T (snd t) *! z (fst t) +! rest) 0! l.
  Definition form_value (z : Z -> T) (f : form) : T := iz T (constant f) +! terms_value z (factors f).
  Definition positive (s : bool) (v : T) : Prop := if s then 0! <<< v else 0! <== v.
  Definition holds (z : Z -> T) (r : row) : Prop := positive (strict r) (form_value z (slack r)).

  Instance positive_proper : Proper (eq ==> same T ==> iff) positive.
  Proof. intros s t <- a b E. unfold positive. destruct s; rewrite E; reflexivity. Qed.

  Lemma add1_value : forall z v a l, terms_value z (add1 v a l) == iz T a *! z v +! terms_value z l.
  Proof.
    intros z v a l; induction l as [ | [w b] rest ]; simpl.
    - reflexivity.
    - destruct (v ?= w)%Z eqn:C; simpl.
      + apply Z.compare_eq in C; subst. rewrite iz_plus. ring.
      + reflexivity.
      + rewrite IHrest. ring.
  Qed.

  Lemma add_times_value : forall z m l acc, terms_value z (add_times m l acc) == iz T m *! terms_value z l +! terms_value z acc.
  Proof.
    intros z m l; induction l as [ | [v a] rest ]; simpl; intro acc.
    - ring.
    - rewrite IHrest, add1_value, iz_times. ring.
  Qed.

  Lemma add_value : forall z m f acc, form_value z (add m f acc) == iz T m *! form_value z f +! form_value z acc.
  Proof.
    intros. unfold form_value, add. simpl. rewrite add_times_value, iz_plus, iz_times. ring.
  Qed.

  Lemma nothing_left_value : forall z l, nothing_left l = true -> terms_value z l == 0!.
  Proof.
    intros z l; induction l as [ | [v a] rest ]; simpl; intro H.
    - reflexivity.
    - apply andb_prop in H. destruct H as [H G]. apply Z.eqb_eq in H. simpl in H. subst. rewrite IHrest by auto.
      change (iz T 0) with 0!. ring.
  Qed.

  Lemma holds_le : forall z r, holds z r -> 0! <== form_value z (slack r).
  Proof. intros z r H. unfold holds, positive in H. destruct (strict r); auto. apply lt_le; auto. Qed.

  Lemma empty_value : forall z, form_value z (Form 0 []) == 0!.
  Proof. intro. unfold form_value. simpl. change (iz T 0) with 0!. ring. Qed.

  Lemma opposite_holds : forall z r, ~ holds z r -> holds z (opposite r).
  Proof.
    intros z r H. unfold holds, positive, opposite in *. simpl.
    assert (E : form_value z (add (-1) (slack r) (Form 0 [])) == 0! -! form_value z (slack r)).
    { rewrite add_value, empty_value. change (-1)%Z with (- (1))%Z. rewrite iz_opp. change (iz T 1) with 1!. ring. }
    destruct (strict r); simpl; rewrite E.
    - apply -> le_minus. destruct (le_or_lt T (form_value z (slack r)) 0!); tauto.
    - apply -> lt_minus. apply not_le_lt; auto.
  Qed.

  Lemma holds_or_not : forall z r, holds z r \/ holds z (opposite r).
  Proof.
    intros z r. destruct (strict r) eqn:S.
    - destruct (le_or_lt T (form_value z (slack r)) 0!) as [H | H].
      + right. apply opposite_holds. unfold holds, positive. rewrite S. intro G. apply (lt_not_le T _ _ G); auto.
      + left. unfold holds, positive. rewrite S. auto.
    - destruct (le_or_lt T 0! (form_value z (slack r))) as [H | H].
      + left. unfold holds, positive. rewrite S. auto.
      + right. apply opposite_holds. unfold holds, positive. rewrite S. apply lt_not_le; auto.
  Qed.

  Definition all_hold (z : Z -> T) (premises : list row) : Prop := forall r, In r premises -> holds z r.

  Lemma add_up_holds : forall z premises, all_hold z premises -> forall l s acc r,
    add_up premises l s acc = Some r -> holds z (Row s acc) -> holds z r.
  Proof.
    intros z premises A.
    fix each 1. intros l s acc r H G. destruct l as [ | i [ | m rest ] ]; simpl in H.
    - inversion H; subst; auto.
    - discriminate.
    - destruct (nth_error premises (Z.to_nat i)) as [p | ] eqn:N; try discriminate.
      destruct (Z.ltb_spec m 0); try discriminate.
      apply each in H; auto. clear each.
      apply nth_error_In in N. apply A in N.
      assert (L : 0! <== iz T m *! form_value z (slack p)).
      { apply times_positive; [ apply iz_positive; lia | apply holds_le; auto ]. }
      unfold holds. cbn [strict slack]. rewrite add_value.
      destruct s; simpl.
      + unfold holds, positive in G; simpl in G. setoid_replace (iz T m *! form_value z (slack p) +! form_value z acc)
          with (form_value z acc +! iz T m *! form_value z (slack p)) by ring. apply plus_positive_strict; auto.
      + unfold holds, positive in G; simpl in G. destruct (strict p) eqn:S; simpl.
        * destruct (Z.ltb_spec 0 m).
          -- apply plus_positive_strict; auto. apply iz_times_strict; auto. unfold holds, positive in N. rewrite S in N. auto.
          -- apply plus_positive; auto.
        * apply plus_positive; auto.
  Qed.

  Lemma suffices_holds : forall z premises sums m goal, all_hold z premises -> (0 < m)%Z ->
    suffices premises sums m goal = true -> holds z goal.
  Proof.
    intros z premises sums m goal A M H. unfold suffices in H.
    destruct (add_up premises sums false (Form 0 [])) as [r | ] eqn:E; try discriminate.
    apply (add_up_holds z) in E; auto.
    2: { unfold holds, positive; simpl. rewrite empty_value. apply le_refl. }
    apply andb_prop in H. destruct H as [H G]. apply (nothing_left_value z) in H.
    assert (V : iz T m *! form_value z (slack goal) == form_value z (slack r) +! iz T (- constant (add (- m) (slack goal) (slack r)))).
    { assert (W := add_value z (- m) (slack goal) (slack r)). unfold form_value at 1 in W. rewrite H, iz_opp in W.
      rewrite iz_opp.
      setoid_replace (iz T (constant (add (- m) (slack goal) (slack r)))) with (iz T (constant (add (- m) (slack goal) (slack r))) +! 0!) by ring.
      rewrite W. ring. }
    assert (P : (0 <= - constant (add (- m) (slack goal) (slack r)))%Z).
    { destruct (strict goal && negb (strict r)); [ apply Z.ltb_lt in G | apply Z.leb_le in G ]; lia. }
    unfold holds, positive. destruct (strict goal) eqn:S.
    - apply (cancel_strict T m); auto. rewrite V. simpl in G. destruct (strict r) eqn:R; simpl in G.
      + apply plus_positive_strict; [ unfold holds, positive in E; rewrite R in E; auto | apply iz_positive; auto ].
      + apply Z.ltb_lt in G.
        setoid_replace (form_value z (slack r) +! iz T (- constant (add (- m) (slack goal) (slack r))))
          with (iz T (- constant (add (- m) (slack goal) (slack r))) +! form_value z (slack r)) by ring.
        apply plus_positive_strict; [ | apply holds_le; auto ].
        rewrite <- (iz_0 T). apply iz_lt. cbn [constant add slack] in *. lia.
    - apply (cancel T m); auto. rewrite V. apply plus_positive; [ apply holds_le; auto | apply iz_positive; auto ].
  Qed.

  Lemma shows_holds : forall z premises c goal, all_hold z premises -> shows premises c goal = true -> holds z goal.
  Proof.
    intros z premises c goal A H. unfold shows in H. destruct c as [ [ | m sums ] | ]; try discriminate.
    apply andb_prop in H. destruct H as [M H]. apply Z.ltb_lt in M. eapply suffices_holds; eauto.
  Qed.

  Lemma contradicts_false : forall z premises c, all_hold z premises -> contradicts premises c = true -> False.
  Proof.
    intros z premises c A H. unfold contradicts in H. destruct c as [ [ | m sums ] | ]; try discriminate.
    apply (suffices_holds z) in H; auto; try lia. unfold holds, positive in H; simpl in H. rewrite empty_value in H.
    apply (lt_not_le T _ _ H). apply le_refl.
  Qed.

  (** Values before an edge and of what begins on it, as values of variables. *)
  Definition both (x y : N -> T) (v : Z) : T := if Z.ltb v 0 then y (Z.to_N (- 1 - v)) else x (Z.to_N v).

  Lemma both_of : forall x y j, both x y (Z.of_N j) = x j.
  Proof. intros. unfold both. destruct (Z.ltb_spec (Z.of_N j) 0); try lia. rewrite N2Z.id. auto. Qed.

  Lemma both_fresh : forall x y k, both x y (- 1 - Z.of_N k) = y k.
  Proof.
    intros. unfold both. destruct (Z.ltb_spec (- 1 - Z.of_N k) 0); try lia.
    replace (- 1 - (- 1 - Z.of_N k))%Z with (Z.of_N k) by lia. rewrite N2Z.id. auto.
  Qed.

  Lemma one_value : forall z v, terms_value z [(v, 1%Z)] == z v.
  Proof. intros. simpl. change (iz T 1) with 1!. ring. Qed.

  Lemma factor_value : forall z v a, terms_value z [(v, a)] == iz T a *! z v.
  Proof. intros. simpl. ring. Qed.

  Lemma delay_value : forall x y e, terms_value (both x y) (delay_form e) == delay T e x.
  Proof.
    intros. unfold delay_form, delay. destruct (fires e).
    - rewrite one_value, both_of. reflexivity.
    - reflexivity.
  Qed.

  Lemma after_value : forall l x y e k, terms_value (both x y) (after_form l e k) == after T l e x y k.
  Proof.
    intros. unfold after_form, after, passed. destruct (nth_error (continues e) (N.to_nat k)) as [ [ s | ] | ].
    - destruct (nth_error (rates l) (N.to_nat s)) as [ [ | | ] | ]; rewrite ?add_times_value, one_value, ?delay_value, both_of.
      + change (-1)%Z with (- (1))%Z. rewrite iz_opp. change (iz T 1) with 1!. ring.
      + reflexivity.
      + change (iz T 1) with 1!. ring.
      + reflexivity.
    - rewrite one_value, both_fresh. reflexivity.
    - rewrite one_value, both_fresh. reflexivity.
  Qed.

  Definition of_x (x : N -> T) (v : Z) : T := x (Z.to_N v).

  Lemma afterwards_value : forall l x y e terms acc,
    terms_value (both x y) (afterwards l e terms acc) == terms_value (of_x (after T l e x y)) terms +! terms_value (both x y) acc.
  Proof.
    intros l x y e terms; induction terms as [ | [v a] rest ]; simpl; intro acc.
    - ring.
    - rewrite IHrest, add_times_value, after_value. unfold of_x. ring.
  Qed.

  Lemma of_timers_holds : forall x y r, holds (of_x x) (of_timers r) -> holds (both x y) (of_timers r).
  Proof.
    intros x y r. unfold holds, of_timers, form_value. cbn [strict slack constant factors].
    assert (E : forall l, terms_value (of_x x) (map (fun t => (Z.max 0 (fst t), snd t)) l)
      == terms_value (both x y) (map (fun t : Z * Z => (Z.max 0 (fst t), snd t)) l)).
    { intro l; induction l as [ | [v a] rest ]; simpl; [ reflexivity | ]. rewrite IHrest. unfold of_x, both.
      destruct (Z.ltb_spec (Z.max 0 v) 0); try lia. reflexivity. }
    rewrite E. auto.
  Qed.

  (** Guards and intervals. *)
  Lemma guards_hold : forall l x y e, permits T l x e -> all_hold (both x y) (guards l e).
  Proof.
    intros l x y e [G O] r H. unfold guards in H. apply in_app_or in H. destruct H as [H | H].
    - apply in_map_iff in H. destruct H as [j [<- H]]. apply filter_In in H. destruct H as [H F].
      apply those_down in H. apply Bool.negb_true_iff in F.
      assert (F' : fires e <> Some j) by (intro X; apply fires_it_iff in X; congruence).
      destruct (G j H F') as [L S].
      unfold holds, positive, form_value. cbn [strict slack constant factors].
      assert (E : iz T 0 +! terms_value (both x y) (add_times (-1) (delay_form e) [(Z.of_N j, 1%Z)]) == x j -! delay T e x).
      { rewrite add_times_value, delay_value, one_value, both_of. change (-1)%Z with (- (1))%Z. rewrite iz_opp.
        change (iz T 1) with 1!. change (iz T 0) with 0!. ring. }
      destruct (mem j (before e)) eqn:B; rewrite E.
      + apply -> lt_minus. apply S. apply mem_In; auto.
      + apply -> le_minus. auto.
    - unfold delay in O. destruct (fires e) as [f | ]; [ | destruct H ].
      destruct (at_once e); [ | destruct H ]. destruct H as [<- | []].
      unfold holds, positive, form_value. simpl. rewrite both_of.
      specialize (O eq_refl). apply le_minus in O.
      setoid_replace (iz T 0 +! (iz T (-1) *! x f +! 0!)) with (0! -! x f); auto.
      change (-1)%Z with (- (1))%Z. rewrite iz_opp. change (iz T 1) with 1!. change (iz T 0) with 0!. ring.
  Qed.

  Lemma iz_over : forall n d, iz T (Zpos d) *! of_Q T (n # d) == iz T n.
  Proof.
    intros. unfold iz. rewrite <- of_Q_times. apply of_Q_same. unfold Qeq, Qmult, inject_Z. cbn [Qnum Qden]. rewrite Pos.mul_1_l. ring.
  Qed.

  Lemma bound_value : forall b x, iz T (Zpos (over b)) *! at_bound T b x ==
    iz T (sum b) +! fold_right (fun t rest => iz T (snd t) *! x (fst t) +! rest) 0! (terms b).
  Proof.
    intros [s d ts] x. unfold at_bound. simpl. induction ts as [ | [p f] rest ]; simpl.
    - rewrite iz_over. ring.
    - setoid_replace (iz T (Zpos d) *! (of_Q T (f # d) *! x p +! fold_right (fun t rest0 => of_Q T (snd t # d) *! x (fst t) +! rest0) (of_Q T (s # d)) rest))
        with (iz T (Zpos d) *! of_Q T (f # d) *! x p +! iz T (Zpos d) *! fold_right (fun t rest0 => of_Q T (snd t # d) *! x (fst t) +! rest0) (of_Q T (s # d)) rest) by ring.
      rewrite IHrest, iz_over. ring.
  Qed.

  Lemma end_terms_value : forall l e x y sign k d ts,
    terms_value (both x y) (fold_right (fun t acc => add_times (- sign * snd t) (after_form l e (fst t)) acc) [((- 1 - Z.of_N k)%Z, (sign * Zpos d)%Z)] ts) ==
    iz T sign *! (iz T (Zpos d) *! y k -! fold_right (fun t rest => iz T (snd t) *! after T l e x y (fst t) +! rest) 0! ts).
  Proof.
    intros l e x y sign k d ts; induction ts as [ | [p f] rest ]; cbn [fold_right fst snd].
    - unfold terms_value. cbn [fold_right fst snd]. rewrite both_fresh, iz_times. ring.
    - rewrite add_times_value, after_value, iz_times, iz_opp, IHrest. ring.
  Qed.

  Lemma end_value : forall l e x y sign k b, form_value (both x y) (slack (end_row l e sign k b)) ==
    iz T sign *! (iz T (Zpos (over b)) *! (y k -! at_bound T b (after T l e x y))).
  Proof.
    intros. unfold end_row, form_value. cbn [slack constant factors].
    setoid_replace (iz T sign *! (iz T (Zpos (over b)) *! (y k -! at_bound T b (after T l e x y))))
      with (iz T sign *! (iz T (Zpos (over b)) *! y k -! iz T (Zpos (over b)) *! at_bound T b (after T l e x y))) by ring.
    rewrite bound_value, end_terms_value, iz_times, iz_opp. ring.
  Qed.

  Lemma intervals_hold : forall l x y e, (forall i, In i (fresh e) -> within T i (after T l e x y) (y (timer i))) ->
    all_hold (both x y) (concat (map (interval_rows l e) (fresh e))).
  Proof.
    intros l x y e W r H. apply in_concat in H. destruct H as [rs [H R]]. apply in_map_iff in H. destruct H as [i [<- I]].
    destruct (W i I) as [L U]. unfold interval_rows in R. destruct R as [<- | R].
    - unfold holds. cbn [strict end_row]. rewrite end_value. unfold positive. change (iz T 1) with 1!.
      setoid_replace (1! *! (iz T (Zpos (over (low i))) *! (y (timer i) -! at_bound T (low i) (after T l e x y))))
        with (iz T (Zpos (over (low i))) *! (y (timer i) -! at_bound T (low i) (after T l e x y))) by ring.
      apply times_positive; [ apply iz_positive; lia | apply -> le_minus; auto ].
    - destruct (high i) as [h | ]; [ | destruct R ]. destruct R as [<- | []].
      unfold holds. cbn [strict end_row]. rewrite end_value. unfold positive. change (-1)%Z with (- (1))%Z. rewrite iz_opp. change (iz T 1) with 1!.
      setoid_replace (opp T 1! *! (iz T (Zpos (over h)) *! (y (timer i) -! at_bound T h (after T l e x y))))
        with (iz T (Zpos (over h)) *! (at_bound T h (after T l e x y) -! y (timer i))) by ring.
      apply times_positive; [ apply iz_positive; lia | apply -> le_minus; auto ].
  Qed.

  Lemma trivial_holds : forall z, holds z trivial_row.
  Proof. intro. unfold holds, positive, trivial_row. simpl. rewrite empty_value. apply le_refl. Qed.

  Lemma all_hold_app : forall z a b, all_hold z a -> all_hold z b -> all_hold z (a ++ b).
  Proof. intros z a b A B r H. apply in_app_or in H. destruct H; auto. Qed.

  Lemma all_hold_one : forall z a r, all_hold z a -> holds z r -> all_hold z (a ++ [r]).
  Proof. intros. apply all_hold_app; auto. intros s [<- | []]; auto. Qed.

  Section Certified.
    Variable M : automaton.
    Variable row_tree : tree row.
    Variable combination_tree : tree (list Z).
    Variable node_tree : tree node.
    Variable all_nodes : list node.
    Variable the_claim : claim.
    Hypothesis rows_of_timers : forall i r, find row_tree i = Some r -> exists s, r = of_timers s.
    Hypothesis nodes_listed : forall i n, find node_tree i = Some n -> In n all_nodes.
    Hypothesis nodes_right : forall n, In n all_nodes -> node_right M row_tree combination_tree node_tree the_claim n = true.
    Hypothesis initial_right :
      exists ss, steps_right row_tree combination_tree node_tree the_claim (Location [] [] (Some (initial M))) [] (initial M) ss = true.

    Definition contains (n : node) (x : N -> T) : Prop := all_hold (of_x x) (rows_of row_tree n).

    Lemma node_rows_hold : forall n x y, contains n x -> all_hold (both x y) (rows_of row_tree n).
    Proof.
      intros n x y C r H. assert (G := C r H). unfold rows_of in H. apply in_map_iff in H. destruct H as [i [E _]].
      destruct (find row_tree i) as [s | ] eqn:F; subst r.
      - apply rows_of_timers in F. destruct F as [q ->]. apply of_timers_holds; auto.
      - apply trivial_holds.
    Qed.

    Lemma all_shown_contains : forall premises l x y e by_ n, all_hold (both x y) premises ->
      all_shown row_tree combination_tree premises l e by_ n = true -> contains n (after T l e x y).
    Proof.
      intros premises l x y e by_ n A. unfold all_shown, contains. generalize (rows_of row_tree n) as goals. revert by_.
      fix each 1. intros by_ goals H. destruct by_ as [ | c by_ ], goals as [ | g goals ]; try discriminate; intros r R; [ destruct R | ].
      apply andb_prop in H. destruct H as [H K].
      destruct R as [<- | R]; [ | exact (each by_ goals K r R) ].
      apply (shows_holds (both x y)) in H; auto. unfold holds in *. cbn [strict slack] in H.
      assert (E : form_value (both x y) (Form (constant (slack g)) (afterwards l e (factors (slack g)) [])) == form_value (of_x (after T l e x y)) (slack g)).
      { unfold form_value. cbn [constant factors]. rewrite afterwards_value. simpl. ring. }
      rewrite E in H. exact H.
    Qed.

    Lemma lands_somewhere : forall l x y e r premises, all_hold (both x y) premises ->
      lands row_tree combination_tree node_tree l e premises r = true -> exists n, In n all_nodes /\ at_location n = to e /\ contains n (after T l e x y).
    Proof.
      intros l x y e r; induction r as [ n by_ | c | c r IH | side one IH1 other IH2 ]; simpl; intros premises A H.
      - destruct (find node_tree n) as [m | ] eqn:F; try discriminate. apply andb_prop in H. destruct H as [H G].
        apply N.eqb_eq in H. exists m. split; [ eauto | split; auto ]. eapply all_shown_contains; eauto.
      - exfalso. eapply contradicts_false; eauto.
      - eapply IH; eauto.
      - apply andb_prop in H. destruct H as [H G]. destruct (holds_or_not (both x y) (read_row side)).
        + apply (IH1 (premises ++ [read_row side])); auto. apply all_hold_one; auto.
        + apply (IH2 (premises ++ [opposite (read_row side)])); auto. apply all_hold_one; auto.
    Qed.

    Lemma refuted_false : forall z r premises, all_hold z premises -> refuted combination_tree premises r = true -> False.
    Proof.
      intros z r; induction r as [ n by_ | c | c r IH | side one IH1 other IH2 ]; simpl; intros premises A H.
      - discriminate.
      - eapply contradicts_false; eauto.
      - eapply IH; eauto.
      - apply andb_prop in H. destruct H as [H G]. destruct (holds_or_not z (read_row side)).
        + apply (IH1 (premises ++ [read_row side])); auto. apply all_hold_one; auto.
        + apply (IH2 (premises ++ [opposite (read_row side)])); auto. apply all_hold_one; auto.
    Qed.

    Definition known (p : place) (x : N -> T) (l : location) (es : list edge) (rs : list row) (ss : list (reason * list Z)) : Prop :=
      location_of M p = Some l /\ edges l = Some es /\ (forall y, all_hold (both x y) rs) /\
      steps_right row_tree combination_tree node_tree the_claim l rs es ss = true /\
      (p = Start \/ location_right the_claim l es = true).

    Lemma contained_known : forall n x, In n all_nodes -> contains n x -> exists l es rs ss, known (At (at_location n)) x l es rs ss.
    Proof.
      intros n x I C. assert (R := nodes_right n I). unfold node_right in R. unfold known.
      destruct (location_of M (At (at_location n))) as [l | ]; try discriminate.
      destruct (edges l) as [es | ] eqn:E; try discriminate. apply andb_prop in R. destruct R.
      exists l, es, (rows_of row_tree n), (steps n). repeat split; auto. intro y. apply node_rows_hold; auto.
    Qed.

    Lemma step_of_edge : forall l rs es ss e, steps_right row_tree combination_tree node_tree the_claim l rs es ss = true -> In e es ->
      exists s, step_right row_tree combination_tree node_tree the_claim l rs e s = true.
    Proof.
      intros l rs es; induction es as [ | d es ]; intros ss e H I; destruct ss as [ | s ss ]; simpl in *; try discriminate; try tauto.
      apply andb_prop in H. destruct H. destruct I as [-> | I]; eauto.
    Qed.

    Lemma premises_hold : forall l x y e rs, all_hold (both x y) rs -> takes T l x e y ->
      all_hold (both x y) ((rs ++ guards l e) ++ concat (map (interval_rows l e) (fresh e))).
    Proof.
      intros l x y e rs A [_ [P W]]. apply all_hold_app; [ apply all_hold_app; auto; apply guards_hold; auto | apply intervals_hold; auto ].
    Qed.

    Lemma own_hold : forall l x y e rs begun, all_hold (both x y) rs -> permits T l x e ->
      all_hold (both x y) ((rs ++ guards l e) ++ map (fun _ : row => trivial_row) begun).
    Proof.
      intros l x y e rs begun A P. apply all_hold_app; [ apply all_hold_app; auto; apply guards_hold; auto | ].
      intros r R. apply in_map_iff in R. destruct R as [s [<- _]]. apply trivial_holds.
    Qed.

    (** Every state of every run is in a node. *)
    Theorem reachable_known : forall p x, reachable T M p x -> exists l es rs ss, known p x l es rs ss.
    Proof.
      intros p x H; induction H as [ x | p l x e y H IH L K ].
      - destruct initial_right as [ss I]. exists (Location [] [] (Some (initial M))), (initial M), [], ss.
        repeat split; auto. intros y r [].
      - destruct IH as [l' [es [rs [ss [L' [E [A [S _]]]]]]]]. rewrite L in L'. inversion L'; subst l'.
        destruct K as [[es' [E' I]] K]. rewrite E in E'. inversion E'; subst es'.
        destruct (step_of_edge _ _ _ _ _ S I) as [s R]. unfold step_right in R. apply andb_prop in R. destruct R as [R _].
        destruct (lands_somewhere l x y e (fst s) _ (premises_hold l x y e rs (A y) (conj (ex_intro _ es (conj E I)) K)) R) as [n [N [T' C]]].
        rewrite <- T'. apply contained_known; auto.
    Qed.

    Lemma taken_keeps : forall p x l e y, reachable T M p x -> location_of M p = Some l -> takes T l x e y ->
      exists rs s, all_hold (both x y) rs /\ keeps combination_tree the_claim l e
        ((rs ++ guards l e) ++ map (fun _ => trivial_row) (concat (map (interval_rows l e) (fresh e))))
        ((rs ++ guards l e) ++ concat (map (interval_rows l e) (fresh e))) (fst s) (snd s) = true.
    Proof.
      intros p x l e y H L K. destruct (reachable_known p x H) as [l' [es [rs [ss [L' [E [A [S _]]]]]]]].
      rewrite L in L'. inversion L'; subst l'. destruct K as [[es' [E' I]] K]. rewrite E in E'. inversion E'; subst es'.
      destruct (step_of_edge _ _ _ _ _ S I) as [s R]. unfold step_right in R. apply andb_prop in R. destruct R as [_ R].
      exists rs, s. auto.
    Qed.

    Theorem all_written_down : complete T M.
    Proof.
      intros p x H. destruct (reachable_known p x H) as [l [es [rs [ss [L [E _]]]]]]. eauto.
    Qed.

    Definition within_bound (sign : Z) (b : Q) (s : bool) (v : T) : Prop :=
      if Z.ltb 0 sign then (if s then v <<< of_Q T b else v <== of_Q T b) else (if s then of_Q T b <<< v else of_Q T b <== v).

    Lemma reading_value : forall x y e sign b s c, form_value (both x y) (slack (reading_row e sign b s c)) ==
      iz T sign *! (iz T (Zpos (Qden b)) *! (of_Q T b -! (x c +! delay T e x))).
    Proof.
      intros. unfold reading_row, form_value. cbn [slack constant factors]. rewrite add_times_value, factor_value, delay_value, both_of.
      rewrite !iz_times, !iz_opp.
      setoid_replace (iz T sign *! (iz T (Zpos (Qden b)) *! (of_Q T b -! (x c +! delay T e x))))
        with (iz T sign *! (iz T (Zpos (Qden b)) *! of_Q T b) -! iz T sign *! iz T (Zpos (Qden b)) *! (x c +! delay T e x)) by ring.
      destruct b as [n d]. cbn [Qnum Qden]. rewrite iz_over. ring.
    Qed.

    Lemma reading_holds : forall x y e sign b s c, sign = 1%Z \/ sign = (-1)%Z -> holds (both x y) (reading_row e sign b s c) ->
      within_bound sign b s (x c +! delay T e x).
    Proof.
      intros x y e sign b s c S H. unfold holds in H. rewrite reading_value in H. cbn [strict reading_row] in H. unfold within_bound.
      destruct S as [-> | ->]; cbv [Z.ltb Z.compare].
      - assert (E : iz T 1 *! (iz T (Zpos (Qden b)) *! (of_Q T b -! (x c +! delay T e x))) ==
          iz T (Zpos (Qden b)) *! (of_Q T b -! (x c +! delay T e x))) by (change (iz T 1) with 1!; ring).
        rewrite E in H. destruct s; simpl in H.
        + apply lt_minus. apply (cancel_strict T (Zpos (Qden b))); auto. lia.
        + apply le_minus. apply (cancel T (Zpos (Qden b))); auto. lia.
      - assert (E : iz T (-1) *! (iz T (Zpos (Qden b)) *! (of_Q T b -! (x c +! delay T e x))) ==
          iz T (Zpos (Qden b)) *! ((x c +! delay T e x) -! of_Q T b)).
        { change (-1)%Z with (- (1))%Z. rewrite iz_opp. change (iz T 1) with 1!. ring. }
        rewrite E in H. destruct s; simpl in H.
        + apply lt_minus. apply (cancel_strict T (Zpos (Qden b))); auto. lia.
        + apply le_minus. apply (cancel T (Zpos (Qden b))); auto. lia.
    Qed.

    Lemma bounded_within : forall x y premises e sign b s, sign = 1%Z \/ sign = (-1)%Z -> all_hold (both x y) premises -> forall cs bounds,
      bounded combination_tree premises e sign b s cs bounds = true -> forall c, In c cs -> within_bound sign b s (x c +! delay T e x).
    Proof.
      intros x y premises e sign b s S A cs; induction cs as [ | d cs ]; intros bounds H c I; [ destruct I | ].
      destruct bounds as [ | i bounds ]; try discriminate. simpl in H. apply andb_prop in H. destruct H as [H G].
      destruct I as [<- | I]; [ | eauto ]. eapply reading_holds; eauto. eapply shows_holds; eauto.
    Qed.

    Lemma zero_within : forall e sign b s, sign = 1%Z \/ sign = (-1)%Z -> zero_is_inside e sign b s = true -> In AtOnce (ends e) -> within_bound sign b s 0!.
    Proof.
      intros e sign [n d] s S H I. unfold zero_is_inside in H.
      assert (X : existsb (fun c => match c with AtOnce => true | _ => false end) (ends e) = true) by (apply existsb_exists; exists AtOnce; auto).
      rewrite X in H. simpl in H. unfold within_bound.
      cbn [negb orb Qnum] in H.
      destruct S as [-> | ->]; cbv [Z.ltb Z.compare]; destruct s; (apply Z.ltb_lt in H || apply Z.leb_le in H);
        (apply of_Q_lt || apply of_Q_le); unfold Qlt, Qle; cbn [Qnum Qden]; lia.
    Qed.

    Lemma ending_clocks_In : forall l c, In (Clock c) l -> In c (ending_clocks l).
    Proof. intro l; induction l as [ | [d | ] l ]; simpl; intros c H; try tauto; destruct H as [H | H]; try discriminate; auto. inversion H; auto. Qed.

    (** The first of those that count down. *)
    Definition minimal (down : list N) (x : N -> T) (j : N) : Prop := In j down /\ forall k, In k down -> x j <== x k.

    Lemma has_minimal : forall x down, down <> [] -> exists j, minimal down x j.
    Proof.
      intros x down; induction down as [ | j down ]; intro H; [ tauto | ].
      destruct down as [ | k down ].
      - exists j. split; [ left; auto | ]. intros i [<- | []]. apply le_refl.
      - destruct IHdown as [m [I L]]; [ discriminate | ].
        destruct (le_or_lt T (x j) (x m)) as [G | G].
        + exists j. split; [ left; auto | ]. intros i [<- | J]; [ apply le_refl | ]. eapply le_trans; eauto.
        + exists m. split; [ right; auto | ]. intros i [<- | J]; auto. apply lt_le; auto.
    Qed.

    Lemma free_permits : forall x turn es whole down j l, whole = those is_down l -> (forall k, minimal whole x k -> In k down) -> minimal whole x j ->
      (turn = true -> x j <== 0!) -> free turn es down j = true -> exists e, In e es /\ fires e = Some j /\ permits T l x e.
    Proof.
      intros x turn es whole down j l W D [J Min] O H. unfold free in H. apply existsb_exists in H. destruct H as [e [I H]].
      apply andb_prop in H. destruct H as [H B]. apply andb_prop in H. destruct H as [F H].
      apply fires_it_iff in F. exists e. split; auto. split; auto. unfold permits, delay. rewrite F. split.
      - intros k K Ne. assert (K' : In k whole) by (subst whole; apply those_down; auto). split; auto.
        intro Bf. apply not_le_lt. intro L.
        assert (Mk : minimal whole x k) by (split; auto; intros i Hi; eapply le_trans; eauto).
        rewrite forallb_forall in B. specialize (B k Bf). apply Bool.negb_true_iff in B.
        assert (C : mem k down = true) by (apply mem_In; auto). congruence.
      - intro Once. destruct turn; auto. rewrite Once in H. discriminate.
    Qed.

    Lemma some_or_none : forall (x : N -> T) f v l,
      (exists k, In k l /\ f k = true /\ x k <== v) \/ (forall k, In k l -> f k = true -> ~ x k <== v).
    Proof.
      intros x f v l; induction l as [ | j l [ [k [I H]] | H ] ].
      - right. intros k [].
      - left. exists k. simpl; auto.
      - destruct (f j) eqn:F.
        + destruct (le_or_lt T (x j) v) as [L | L].
          * left. exists j. simpl; auto.
          * right. intros k [<- | I]; auto. intros _. apply lt_not_le; auto.
        + right. intros k [<- | I]; auto. congruence.
    Qed.

    Lemma in_order_permits : forall x turn es l fuel down, in_order fuel turn es down = true ->
      (forall k, minimal (those is_down l) x k -> In k down) -> (exists j, minimal (those is_down l) x j) ->
      (turn = true -> forall j, minimal (those is_down l) x j -> x j <== 0!) ->
      exists e j, In e es /\ fires e = Some j /\ In j (those is_down l) /\ permits T l x e.
    Proof.
      intros x turn es l fuel; induction fuel as [ | fuel ]; intros down H D [j [J Min]] O;
        (assert (Inside : In j down) by (apply D; split; auto)); (destruct down as [ | d rest ]; [ destruct Inside | ]); try discriminate.
      set (down := d :: rest) in *. change (in_order (S fuel) turn es down) with
        (if existsb (free turn es down) down then in_order fuel turn es (filter (fun j => negb (free turn es down j)) down) else false) in H.
      destruct (existsb (free turn es down) down); [ | discriminate ].
      destruct (some_or_none x (free turn es down) (x j) (those is_down l)) as [ [k [K [F L]]] | No ].
      - assert (Mk : minimal (those is_down l) x k) by (split; auto; intros i I; eapply le_trans; eauto).
        destruct (free_permits x turn es _ down k l eq_refl D Mk (fun t => O t k Mk) F) as [e [I [G P]]]. exists e, k; auto.
      - apply IHfuel with (down := filter (fun k => negb (free turn es down k)) down); auto.
        + intros k [K Mk]. apply filter_In. split; [ apply D; split; auto | ]. apply Bool.negb_true_iff.
          destruct (free turn es down k) eqn:F; auto. exfalso. apply (No k K F). apply Mk; auto.
        + exists j. split; auto.
    Qed.

    Lemma goes_on_permits : forall l es x d, edges l = Some es -> goes_on l es = true -> waits T l x d ->
      exists e, In e es /\ permits T l x e /\ d <== delay T e x.
    Proof.
      intros l es x d E G [Z0 [W U]]. unfold goes_on in G. apply andb_prop in G. destruct G as [G Ord].
      destruct (existsb (fun e => match fires e with None => true | _ => false end) es) eqn:Turn.
      - assert (D0 : d <== 0!).
        { apply U. apply existsb_exists in Turn. destruct Turn as [e [I F]]. exists es, e. repeat split; auto. destruct (fires e); auto; discriminate. }
        destruct (some_or_none x (fun _ => true) 0! (those is_down l)) as [ [k [K [_ L]]] | No ].
        + destruct (has_minimal x (those is_down l)) as [j J]; [ intro X; rewrite X in K; destruct K | ].
          destruct (in_order_permits x true es l _ _ Ord) as [e [i [I [F [J' P]]]]].
          * intros i Hi. apply Hi.
          * exists j; auto.
          * intros _ i [_ Hi]. eapply le_trans; eauto.
          * exists e. split; [ auto | split; auto ]. unfold delay. rewrite F. apply W. apply those_down; auto.
        + apply existsb_exists in Turn. destruct Turn as [e [I F]]. exists e. split; auto.
          assert (F' : fires e = None) by (destruct (fires e); auto; discriminate). unfold permits, delay. rewrite F'. split; auto. split.
          * intros j J _. apply those_down in J. assert (0! <<< x j) by (apply not_le_lt; apply No; auto). split; auto using lt_le.
          * intros _. apply le_refl.
      - simpl in G.
        destruct (in_order_permits x false es l _ _ Ord) as [e [i [I [F [J' P]]]]].
        + intros i Hi. apply Hi.
        + apply has_minimal. destruct (those is_down l); discriminate.
        + discriminate.
        + exists e. split; [ auto | split; auto ]. unfold delay. rewrite F. apply W. apply those_down; auto.
    Qed.

    Theorem max_holds : forall b s, the_claim = Max b s -> forall p x v, reachable T M p x -> elapses T M p x v ->
      if s then v <<< of_Q T b else v <== of_Q T b.
    Proof.
      intros b s C p x v H E. change (within_bound 1 b s v).
      destruct E as [ l c d L U W | l c e y L U K | l e y L K I ].
      - destruct (reachable_known p x H) as [l' [es [rs [ss [L' [E [A [S R]]]]]]]]. rewrite L in L'. inversion L'; subst l'.
        destruct R as [-> | R].
        { simpl in L. inversion L; subst l. unfold has_rate in U. simpl in U. destruct (N.to_nat c); discriminate. }
        unfold location_right in R. rewrite C in R. apply those_up in U.
        assert (G : goes_on l es = true) by (destruct (those is_up l); [ destruct U | auto ]). clear R.
        destruct (goes_on_permits l es x d E G W) as [e [I [P D]]].
        destruct (step_of_edge _ _ _ _ _ S I) as [t R]. unfold step_right in R. apply andb_prop in R. destruct R as [_ R].
        unfold keeps in R. rewrite C in R.
        assert (O := own_hold l x x e rs (concat (map (interval_rows l e) (fresh e))) (A x) P).
        apply orb_prop in R. destruct R as [R | R]; [ exfalso; eapply refuted_false; eauto | ].
        apply andb_prop in R. destruct R as [_ R].
        assert (B := bounded_within x x _ e 1 b s (or_introl eq_refl) O _ _ R c U).
        unfold within_bound in *. cbv [Z.ltb Z.compare] in *.
        assert (X : x c +! d <== x c +! delay T e x) by (apply plus_le; auto).
        destruct s; [ | eapply le_trans; eauto ].
        apply not_le_lt. intro Y. apply (lt_not_le T _ _ B). eapply le_trans; eauto.
      - destruct (taken_keeps p x l e y H L K) as [rs [t [A R]]]. unfold keeps in R. rewrite C in R.
        assert (O := own_hold l x y e rs (concat (map (interval_rows l e) (fresh e))) A (proj1 (proj2 K))).
        apply orb_prop in R. destruct R as [R | R]; [ exfalso; eapply refuted_false; eauto | ].
        apply andb_prop in R. destruct R as [_ R]. apply those_up in U.
        exact (bounded_within x y _ e 1 b s (or_introl eq_refl) O _ _ R c U).
      - destruct (taken_keeps p x l e y H L K) as [rs [t [A R]]]. unfold keeps in R. rewrite C in R.
        assert (O := own_hold l x y e rs (concat (map (interval_rows l e) (fresh e))) A (proj1 (proj2 K))).
        apply orb_prop in R. destruct R as [R | R]; [ exfalso; eapply refuted_false; eauto | ].
        apply andb_prop in R. destruct R as [R _]. exact (zero_within e 1 b s (or_introl eq_refl) R I).
    Qed.

    Theorem min_holds : forall b s, the_claim = Min b s -> forall p x v, reachable T M p x -> ends_after T M p x v ->
      if s then of_Q T b <<< v else of_Q T b <== v.
    Proof.
      intros b s C p x v H E. change (within_bound (-1) b s v).
      destruct E as [ l c e y L K I | l e y L K I ];
        destruct (taken_keeps p x l e y H L K) as [rs [t [A R]]]; unfold keeps in R; rewrite C in R;
        assert (O := premises_hold l x y e rs A K);
        (apply orb_prop in R; destruct R as [R | R]; [ exfalso; eapply refuted_false; eauto | ]);
        apply andb_prop in R; destruct R as [Z1 R].
      - exact (bounded_within x y _ e (-1) b s (or_intror eq_refl) O _ _ R c (ending_clocks_In _ _ I)).
      - exact (zero_within e (-1) b s (or_intror eq_refl) Z1 I).
    Qed.

    Theorem never_holds : forall f, the_claim = Never f -> forall p x, reachable T M p x -> ~ meets T M p x f.
    Proof.
      intros f C p x H E. destruct E as [ l L F | l e y L K F ]; apply mem_In in F.
      - destruct (reachable_known p x H) as [l' [es [rs [ss [L' [_ [_ [_ R]]]]]]]]. rewrite L in L'. inversion L'; subst l'.
        destruct R as [-> | R].
        + simpl in L. inversion L; subst l. discriminate.
        + unfold location_right in R. rewrite C, F in R. discriminate.
      - destruct (taken_keeps p x l e y H L K) as [rs [t [A R]]]. unfold keeps in R. rewrite C, F in R. simpl in R.
        eapply refuted_false; [ exact (premises_hold l x y e rs A K) | exact R ].
    Qed.
    (** ** No infinitely many moves in no time *)

    Variable slow_timers : list (list N).
    Hypothesis nodes_pass : forall n, In n all_nodes -> node_passes M row_tree combination_tree node_tree slow_timers n = true.

    Lemma goes_down_or_later : forall l x y e from r premises, all_hold (both x y) premises -> delay T e x == 0! ->
      lands row_tree combination_tree node_tree l e premises r = true -> goes_down combination_tree node_tree slow_timers from e premises r = true ->
      exists n, In n all_nodes /\ at_location n = to e /\ contains n (after T l e x y) /\
        ((exists f, fires e = Some f /\ In f (slow_at slow_timers (at_location from))) \/ (rank n < rank from)%N).
    Proof.
      intros l x y e from r; induction r as [ n by_ | c | c r IH | side one IH1 other IH2 ]; simpl; intros premises A D H G.
      - destruct (find node_tree n) as [m | ] eqn:F; try discriminate. apply andb_prop in H. destruct H as [H K].
        apply N.eqb_eq in H. exists m. split; [ eauto | split; auto ]. split; [ eapply all_shown_contains; eauto | ].
        apply orb_prop in G. destruct G as [G | G]; [ left | right; apply N.ltb_lt; auto ].
        destruct (fires e) as [f | ]; try discriminate. exists f. split; auto. apply mem_In; auto.
      - exfalso. eapply contradicts_false; eauto.
      - exfalso. apply (shows_holds (both x y)) in G; auto. unfold holds, positive, form_value in G. cbn [strict slack constant factors] in G.
        rewrite delay_value, D in G. apply (lt_not_le T _ _ G). change (iz T 0) with 0!.
        setoid_replace (0! +! 0!) with 0! by ring. apply le_refl.
      - apply andb_prop in H. destruct H as [H1 H2]. apply andb_prop in G. destruct G as [G1 G2]. destruct (holds_or_not (both x y) (read_row side)).
        + apply (IH1 (premises ++ [read_row side])); auto. apply all_hold_one; auto.
        + apply (IH2 (premises ++ [opposite (read_row side)])); auto. apply all_hold_one; auto.
    Qed.

    (** At most so many of these timers are due. *)
    Definition due_at_most (n : nat) (here : list N) (x : N -> T) : Prop :=
      forall due, NoDup due -> incl due here -> (forall j, In j due -> x j <== 0!) -> (length due <= n)%nat.

    Lemma distinct_NoDup : forall l, distinct l = true -> NoDup l.
    Proof.
      intro l; induction l as [ | a l ]; simpl; intro D; constructor; apply andb_prop in D; destruct D as [D E]; auto.
      apply Bool.negb_true_iff in D. intro I. apply mem_In in I. congruence.
    Qed.

    Lemma flat_map_once : forall (f : N -> list N) l, NoDup (flat_map f l) -> forall j k s, In j l -> In k l -> In s (f j) -> In s (f k) -> j = k.
    Proof.
      intros f l; induction l as [ | a l ]; simpl; intros D j k s J K F G; [ destruct J | ].
      assert (No : forall i, In i l -> In s (f i) -> In s (f a) -> False).
      { intros i I Fi Fa. assert (R : In s (flat_map f l)) by (apply in_flat_map; eauto). clear - D R Fa.
        induction (f a) as [ | b rest ]; [ destruct Fa | ]. simpl in D. inversion D; subst. destruct Fa as [-> | Fa]; [ | auto ].
        apply H1. apply in_or_app; auto. }
      assert (D' : NoDup (flat_map f l)).
      { clear - D. induction (f a) as [ | b rest ]; auto. simpl in D. inversion D; auto. }
      destruct J as [-> | J], K as [-> | K]; auto.
      - exfalso. eapply No; eauto.
      - exfalso. eapply No; eauto.
      - eauto.
    Qed.

    Lemma due_before : forall l x y e here there due, takes T l x e y -> delay T e x == 0! -> slow_kept here there e = true ->
      NoDup due -> incl due there -> (forall k, In k due -> after T l e x y k <== 0!) ->
      exists sources, length sources = length due /\ NoDup sources /\ incl sources here /\ (forall s, In s sources -> fires e <> Some s /\ x s <== 0!) /\
        forall s, In s sources -> exists k, In k due /\ In s (source_of e k).
    Proof.
      intros l x y e here there due K D S. unfold slow_kept in S. apply andb_prop in S. destruct S as [S Once].
      rewrite forallb_forall in S. apply distinct_NoDup in Once.
      induction due as [ | k due ]; intros N I L.
      - exists []. split; [ auto | split; [ constructor | split; [ intros s [] | split; intros s [] ] ] ].
      - inversion N; subst. destruct IHdue as [sources [E [F [G [H J]]]]]; auto.
        { intros i Hi. apply I. right; auto. }
        { intros i Hi. apply L. right; auto. }
        assert (Ik : In k there) by (apply I; left; auto). assert (Sk := S k Ik). assert (Lk := L k (or_introl eq_refl)).
        unfold stays_slow in Sk. apply orb_prop in Sk. destruct Sk as [Sk | Sk].
        + exfalso. unfold begins_late in Sk. apply andb_prop in Sk. destruct Sk as [B Sk]. apply existsb_exists in Sk.
          destruct Sk as [i [Hi Sk]]. apply andb_prop in Sk. destruct Sk as [Ti Low]. apply N.eqb_eq in Ti.
          destruct K as [_ [_ W]]. destruct (W i Hi) as [Wl _]. rewrite Ti in Wl. unfold after in Lk.
          destruct (nth_error (continues e) (N.to_nat k)) as [ [ s | ] | ]; try discriminate.
          unfold at_bound in Wl. destruct (terms (low i)); try discriminate. simpl in Wl. apply Z.ltb_lt in Low.
          apply (lt_not_le T 0! (of_Q T (sum (low i) # over (low i)))).
          * apply of_Q_lt. unfold Qlt. cbn [Qnum Qden]. lia.
          * eapply le_trans; eauto.
        + destruct (source_of e k) as [ | s [ | ] ] eqn:Src; try discriminate. apply andb_prop in Sk. destruct Sk as [Hs Fs].
          apply mem_In in Hs. apply Bool.negb_true_iff in Fs.
          exists (s :: sources). split; [ simpl; auto | ]. split; [ constructor; auto; intro Again | ]; [ | split; [ | split ] ].
          * destruct (J s Again) as [i [Hi Si]]. assert (i = k).
            { eapply flat_map_once; [ exact Once | apply I; right; exact Hi | exact Ik | exact Si | rewrite Src; left; auto ]. }
            subst i. auto.
          * intros i [<- | Hi]; auto.
          * intros i [<- | Hi]; auto. split.
            -- intro X. apply fires_it_iff in X. congruence.
            -- unfold after in Lk. unfold source_of in Src. destruct (nth_error (continues e) (N.to_nat k)) as [ [ t | ] | ]; try discriminate.
               inversion Src; subst t. unfold passed in Lk. destruct (nth_error (rates l) (N.to_nat s)) as [ [ | | ] | ]; auto.
               ++ rewrite D in Lk. setoid_replace (x s) with (x s -! 0!) by ring. exact Lk.
               ++ rewrite D in Lk. setoid_replace (x s) with (x s +! 0!) by ring. exact Lk.
          * intros i [<- | Hi].
            -- exists k. split; [ left; auto | rewrite Src; left; auto ].
            -- destruct (J i Hi) as [j [Hj Sj]]. exists j. split; auto. right; auto.
    Qed.

    Definition next_at_once (b a : place * (N -> T)) : Prop := at_once_to T M a b.

    Lemma descends : forall many r n x, In n all_nodes -> contains n x -> due_at_most many (slow_at slow_timers (at_location n)) x ->
      (N.to_nat (rank n) < r)%nat -> Acc next_at_once (At (at_location n), x).
    Proof.
      intro many; induction many as [ | many IHmany ]; intro r; induction r as [ | r IHr ]; intros n x I C Few Less; try lia;
        constructor; intros b Next; inversion Next as [ p l x' e y L K D Eq Eb ]; subst p x' b;
        destruct (contained_known n x I C) as [l' [es [_ [_ [L' [E _]]]]]]; rewrite L in L'; inversion L'; subst l'; clear L';
        (assert (Sn := nodes_right n I)); unfold node_right in Sn; rewrite L, E in Sn; apply andb_prop in Sn; destruct Sn as [_ Sn];
        (assert (Pn := nodes_pass n I)); unfold node_passes in Pn; rewrite L, E in Pn;
        (assert (Ie : In e es) by (destruct K as [[es' [E' Ie]] _]; congruence));
        (assert (Found : exists s, step_right row_tree combination_tree node_tree the_claim l (rows_of row_tree n) e s = true /\
          goes_down combination_tree node_tree slow_timers n e ((rows_of row_tree n ++ guards l e) ++ concat (map (interval_rows l e) (fresh e))) (fst s) = true /\
          slow_kept (slow_at slow_timers (at_location n)) (slow_at slow_timers (to e)) e = true);
        [ clear - Sn Pn Ie; revert Sn Pn Ie; generalize (steps n); induction es as [ | d es IHes ]; intros ss Sn Pn Ie;
          destruct ss as [ | s ss ]; simpl in *; try discriminate; try tauto; apply andb_prop in Sn; destruct Sn as [S1 S2];
          apply andb_prop in Pn; destruct Pn as [P1 P2]; apply andb_prop in P1; destruct P1 as [P0 P1];
          destruct Ie as [-> | Ie]; [ exists s; auto | eauto ]
        | ]);
        destruct Found as [s [R [G Kept]]]; unfold step_right in R; apply andb_prop in R; destruct R as [R _];
        destruct (goes_down_or_later l x y e n (fst s) _ (premises_hold l x y e _ (node_rows_hold n x y C) K) D R G) as [m [Im [Tm [Cm Down]]]];
        rewrite <- Tm; destruct Down as [ [f [F Sf]] | Down ].
      - exfalso. assert (X := Few [f]). simpl in X. cut (1 <= 0)%nat; [ lia | ]. apply X.
        + constructor; [ intros [] | constructor ].
        + intros j [<- | []]; auto.
        + intros j [<- | []]. unfold delay in D. rewrite F in D. destruct D; auto.
      - apply IHr; auto; try lia. rewrite Tm. intros due N Id Ld.
        destruct (due_before l x y e _ _ due K D Kept N Id Ld) as [sources [Len [Ns [Is [Hs _]]]]]. rewrite <- Len. apply Few; auto. intros j J. apply Hs; auto.
      - apply (IHmany (S (N.to_nat (rank m)))); auto. rewrite Tm. intros due N Id Ld.
        destruct (due_before l x y e _ _ due K D Kept N Id Ld) as [sources [Len [Ns [Is [Hs _]]]]].
        assert (X := Few (f :: sources)). simpl in X. rewrite <- Len. cut (S (length sources) <= S many)%nat; [ lia | ]. apply X.
        + constructor; auto. intro J. destruct (Hs f J) as [Ne _]. auto.
        + intros j [<- | J]; auto.
        + intros j [<- | J]; [ unfold delay in D; rewrite F in D; destruct D; auto | apply Hs; auto ].
      - apply IHr; auto; try lia. rewrite Tm. intros due N Id Ld.
        destruct (due_before l x y e _ _ due K D Kept N Id Ld) as [sources [Len [Ns [Is [Hs _]]]]]. rewrite <- Len. apply Few; auto. intros j J. apply Hs; auto.
    Qed.

    Lemma no_infinite_descent : forall A (R : A -> A -> Prop) a, Acc R a -> forall f : nat -> A, f O = a -> ~ forall n, R (f (S n)) (f n).
    Proof.
      intros A R a H; induction H as [a _ IH]; intros f E D.
      apply (IH (f 1%nat)) with (f := fun n => f (S n)); [ rewrite <- E; apply D | reflexivity | intro n; apply D ].
    Qed.

    Lemma in_some_node : forall p x, reachable T M p x -> p = Start \/ exists n, In n all_nodes /\ p = At (at_location n) /\ contains n x.
    Proof.
      intros p x H; destruct H as [ x | p l x e y H L K ]; auto. right.
      destruct (reachable_known p x H) as [l' [es [rs [ss [L' [E [A [S _]]]]]]]]. rewrite L in L'. inversion L'; subst l'.
      destruct K as [[es' [E' I]] K]. rewrite E in E'. inversion E'; subst es'.
      destruct (step_of_edge _ _ _ _ _ S I) as [s R]. unfold step_right in R. apply andb_prop in R. destruct R as [R _].
      destruct (lands_somewhere l x y e (fst s) _ (premises_hold l x y e rs (A y) (conj (ex_intro _ es (conj E I)) K)) R) as [n [N [T' C]]].
      exists n. rewrite T'. auto.
    Qed.

    Theorem passes_holds : time_passes T M.
    Proof.
      intros states H D.
      assert (After : exists n, In n all_nodes /\ fst (states 1%nat) = At (at_location n) /\ contains n (snd (states 1%nat))).
      { assert (F := D O). destruct (states O) as [p x]. simpl in H. inversion F as [ p' l x' e y L K Z0 Eq Es ]; subst p' x'. simpl.
        destruct (in_some_node (At (to e)) (after T l e x y)) as [ X | X ]; [ eapply step; eauto | discriminate | exact X ]. }
      destruct After as [n [I [P C]]].
      apply (no_infinite_descent _ next_at_once (states 1%nat)) with (f := fun k => states (S k)); auto.
      - replace (states 1%nat) with (At (at_location n), snd (states 1%nat)) by (rewrite <- P; symmetry; apply surjective_pairing).
        apply (descends (length (slow_at slow_timers (at_location n))) (S (N.to_nat (rank n)))); auto.
        intros due N Id _. apply NoDup_incl_length; auto.
      - intro k. apply (D (S k)).
    Qed.
  End Certified.

  (** ** What [proves] says *)

  Section Proved.
    Variable M : automaton.
    Variable C : certificate.
    Variable c : claim.
    Hypothesis H : proves M C c = true.

    Lemma rows_read : forall i r, find (index (map (fun r => of_timers (read_row r)) (rows C))) i = Some r -> exists s, r = of_timers s.
    Proof. intros i r F. apply find_index in F. apply in_map_iff in F. destruct F as [s [<- _]]. eauto. Qed.

    Lemma all_right : forall n, In n (nodes C) -> node_right M (index (map (fun r => of_timers (read_row r)) (rows C)))
      (index (combinations C)) (index (nodes C)) c n = true.
    Proof. intros n I. unfold proves in H. apply andb_prop in H. destruct H as [G _]. apply andb_prop in G. destruct G as [_ G]. rewrite forallb_forall in G. auto. Qed.

    Lemma begin_right : exists ss, steps_right (index (map (fun r => of_timers (read_row r)) (rows C)))
      (index (combinations C)) (index (nodes C)) c (Location [] [] (Some (initial M))) [] (initial M) ss = true.
    Proof. unfold proves in H. apply andb_prop in H. destruct H as [G _]. apply andb_prop in G. destruct G as [G _]. eauto. Qed.

    Definition proved_complete := all_written_down M _ _ _ (nodes C) c rows_read (find_index _ _) all_right begin_right.
    Definition proved_max := max_holds M _ _ _ (nodes C) c rows_read (find_index _ _) all_right begin_right.
    Definition proved_min := min_holds M _ _ _ (nodes C) c rows_read (find_index _ _) all_right begin_right.
    Lemma all_pass : c = Passes -> forall n, In n (nodes C) ->
      node_passes M (index (map (fun r => of_timers (read_row r)) (rows C))) (index (combinations C)) (index (nodes C)) (slow C) n = true.
    Proof. intros E n I. unfold proves in H. apply andb_prop in H. destruct H as [_ G]. rewrite E, forallb_forall in G. auto. Qed.

    Definition proved_passes (is : c = Passes) :=
      passes_holds M _ _ _ (nodes C) c rows_read (find_index _ _) all_right begin_right (slow C) (all_pass is).
    Definition proved_never := never_holds M _ _ _ (nodes C) c rows_read (find_index _ _) all_right begin_right.
  End Proved.
End Truth.

(** * 5. Runs that show a value: whole numbers of fine ticks *)

(** The edge, by its place at its location, and what begins on it, in the order of [continues], in fine ticks. *)
Record move := Move { taken : N; begun : list Z }.

Section Replay.
  Variable M : automaton.
  Variable fine : BinNums.positive.             (* fine ticks of a tick *)

  Definition read (xs : list Z) (k : N) : Z := nth (N.to_nat k) xs 0%Z.
  Definition delay_of (e : edge) (xs : list Z) : Z := match fires e with Some f => read xs f | None => 0%Z end.
  Definition is_permitted (l : location) (xs : list Z) (e : edge) : bool :=
    forallb (fun j => fires_it e j || (if mem j (before e) then Z.ltb (delay_of e xs) (read xs j) else Z.leb (delay_of e xs) (read xs j))) (those is_down l)
    && (negb (at_once e) || Z.leb (delay_of e xs) 0).
  Definition passed_of (l : location) (e : edge) (xs : list Z) (s : N) : Z :=
    match nth_error (rates l) (N.to_nat s) with
    | Some Down => (read xs s - delay_of e xs)%Z | Some Up => (read xs s + delay_of e xs)%Z | _ => read xs s
    end.
  Fixpoint next_values (l : location) (e : edge) (xs : list Z) (cs : list origin) (ys : list Z) : list Z :=
    match cs, ys with
    | [], _ => []
    | Continues s :: cs, _ => passed_of l e xs s :: next_values l e xs cs ys
    | Begins :: cs, y :: ys => y :: next_values l e xs cs ys
    | Begins :: cs, [] => 0%Z :: next_values l e xs cs []
    end.
  Definition bound_of (b : bound) (xs : list Z) : Q :=
    fold_right (fun t rest => (snd t # over b) * (read xs (fst t) # fine) + rest)%Q (sum b # over b)%Q (terms b).
  Definition is_within (xs : list Z) (i : interval) : bool :=
    Qle_bool (bound_of (low i) xs) (read xs (timer i) # fine)
    && match high i with Some h => Qle_bool (read xs (timer i) # fine) (bound_of h xs) | None => true end.
  Definition take (l : location) (xs : list Z) (m : move) : option (edge * list Z) :=
    match edges l with
    | Some es =>
      match nth_error es (N.to_nat (taken m)) with
      | Some e =>
        let next := next_values l e xs (continues e) (begun m) in
        if is_permitted l xs e && forallb (is_within next) (fresh e) then Some (e, next) else None
      | None => None
      end
    | None => None
    end.
  Fixpoint replay (p : place) (xs : list Z) (moves : list move) : option (location * edge * list Z) :=
    match location_of M p, moves with
    | Some l, m :: rest =>
      match take l xs m with
      | Some (e, next) => match rest with [] => Some (l, e, xs) | _ => replay (At (to e)) next rest end
      | None => None
      end
    | _, _ => None
    end.
  Definition same_ending (a b : ending) : bool := match a, b with Clock c, Clock d => N.eqb c d | AtOnce, AtOnce => true | _, _ => false end.
  Definition shown (e : edge) (xs : list Z) (c : ending) : Q := match c with Clock c => (read xs c + delay_of e xs)%Z # fine | AtOnce => 0 end.
  Definition run_ends (moves : list move) (c : ending) (b : Q) : bool :=
    match replay Start [] moves with
    | Some (l, e, xs) => existsb (same_ending c) (ends e) && Qeq_bool (shown e xs c) b
    | None => false
    end.
  Definition run_shows (moves : list move) (c : N) (b : Q) : bool :=
    match replay Start [] moves with
    | Some (l, e, xs) => mem c (those is_up l) && Qeq_bool (shown e xs (Clock c)) b
    | None => false
    end.

  Variable T : time.
  Existing Instance same_equivalence.
  Existing Instance plus_proper.
  Existing Instance times_proper.
  Existing Instance minus_proper.
  Existing Instance le_proper.
  Existing Instance lt_proper.
  Add Ring value_ring3 : (is_ring T) (setoid (same_equivalence T) (ring_extends T)).
  Definition has_values (x : N -> T) (xs : list Z) : Prop := forall k, same T (x k) (of_Q T (read xs k # fine)).

  Lemma fine_le : forall a b, (a <= b)%Z -> le T (of_Q T (a # fine)) (of_Q T (b # fine)).
  Proof. intros. apply of_Q_le. unfold Qle. cbn [Qnum Qden]. nia. Qed.
  Lemma fine_lt : forall a b, (a < b)%Z -> lt T (of_Q T (a # fine)) (of_Q T (b # fine)).
  Proof. intros. apply of_Q_lt. unfold Qlt. cbn [Qnum Qden]. nia. Qed.
  Lemma fine_plus : forall a b, same T (of_Q T ((a + b)%Z # fine)) (plus T (of_Q T (a # fine)) (of_Q T (b # fine))).
  Proof. intros. rewrite <- of_Q_plus. apply of_Q_same. unfold Qeq, Qplus. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul. ring. Qed.
  Lemma fine_minus : forall a b, same T (of_Q T ((a - b)%Z # fine)) (minus T (of_Q T (a # fine)) (of_Q T (b # fine))).
  Proof.
    intros. assert (E := fine_plus (a - b) b). replace (a - b + b)%Z with a in E by lia. rewrite E. ring.
  Qed.
  Lemma fine_0 : same T (of_Q T 0) (of_Q T (0 # fine)).
  Proof. apply of_Q_same. reflexivity. Qed.

  Lemma delay_has : forall x xs e, has_values x xs -> same T (delay T e x) (of_Q T (delay_of e xs # fine)).
  Proof. intros x xs e H. unfold delay, delay_of. destruct (fires e); auto. apply fine_0. Qed.

  Lemma permitted_has : forall x xs l e, has_values x xs -> is_permitted l xs e = true -> permits T l x e.
  Proof.
    intros x xs l e H P. unfold is_permitted in P. apply andb_prop in P. destruct P as [P O]. rewrite forallb_forall in P. split.
    - intros j J F. apply those_down in J. specialize (P j J).
      destruct (fires_it e j) eqn:G; [ apply fires_it_iff in G; tauto | ]. simpl in P.
      rewrite (delay_has x xs e H), (H j). destruct (mem j (before e)) eqn:B.
      + apply Z.ltb_lt in P. split; intros; [ apply fine_le; lia | apply fine_lt; auto ].
      + apply Z.leb_le in P. split; [ apply fine_le; auto | ]. intro I. apply mem_In in I. congruence.
    - intro A. rewrite A in O. simpl in O. apply Z.leb_le in O. rewrite (delay_has x xs e H), fine_0. apply fine_le; auto.
  Qed.

  Lemma passed_has : forall x xs l e s, has_values x xs -> same T (passed T l e x s) (of_Q T (passed_of l e xs s # fine)).
  Proof.
    intros x xs l e s H. unfold passed, passed_of. destruct (nth_error (rates l) (N.to_nat s)) as [ [ | | ] | ]; auto.
    - rewrite fine_minus, (H s), (delay_has x xs e H). reflexivity.
    - rewrite fine_plus, (H s), (delay_has x xs e H). reflexivity.
  Qed.

  Lemma next_values_nth : forall l e xs cs ys k s, nth_error cs k = Some (Continues s) -> nth k (next_values l e xs cs ys) 0%Z = passed_of l e xs s.
  Proof.
    intros l e xs cs; induction cs as [ | c cs ]; intros ys k s H; destruct k; simpl in H; try discriminate.
    - inversion H; subst. reflexivity.
    - destruct c; simpl; [ apply IHcs; auto | ]. destruct ys; simpl; apply IHcs; auto.
  Qed.

  Lemma after_has : forall x xs l e ys, has_values x xs -> let next := next_values l e xs (continues e) ys in
    has_values (after T l e x (fun k => of_Q T (read next k # fine))) next.
  Proof.
    intros x xs l e ys H next k. unfold after. destruct (nth_error (continues e) (N.to_nat k)) as [ [ s | ] | ] eqn:E; try reflexivity.
    unfold read, next. rewrite (next_values_nth _ _ _ _ _ _ s E). apply passed_has; auto.
  Qed.

  Lemma bound_has : forall x xs b, has_values x xs -> same T (at_bound T b x) (of_Q T (bound_of b xs)).
  Proof.
    intros x xs [s d ts] H. unfold at_bound, bound_of. simpl. induction ts as [ | [p f] rest ]; simpl; [ reflexivity | ].
    rewrite of_Q_plus, of_Q_times, IHrest, (H p). reflexivity.
  Qed.

  Lemma take_takes : forall x xs l m e next, has_values x xs -> take l xs m = Some (e, next) ->
    takes T l x e (fun k => of_Q T (read next k # fine)) /\ has_values (after T l e x (fun k => of_Q T (read next k # fine))) next.
  Proof.
    intros x xs l m e next H K. unfold take in K. destruct (edges l) as [es | ] eqn:E; try discriminate.
    destruct (nth_error es (N.to_nat (taken m))) as [d | ] eqn:D; try discriminate.
    destruct (is_permitted l xs d && forallb (is_within (next_values l d xs (continues d) (begun m))) (fresh d)) eqn:B; try discriminate.
    inversion K; subst d next. clear K. apply andb_prop in B. destruct B as [P W].
    assert (A := after_has x xs l e (begun m) H). simpl in A. split; auto. split; [ | split ].
    - exists es. split; auto. eapply nth_error_In; eauto.
    - eapply permitted_has; eauto.
    - intros i I. rewrite forallb_forall in W. specialize (W i I). unfold is_within in W. apply andb_prop in W. destruct W as [W V].
      apply Qle_bool_iff in W. split.
      + rewrite (bound_has _ _ (low i) A). apply of_Q_le. auto.
      + destruct (high i) as [h | ]; auto. apply Qle_bool_iff in V. rewrite (bound_has _ _ h A). apply of_Q_le. auto.
  Qed.

  Lemma replay_reachable : forall moves p x xs l e last, reachable T M p x -> has_values x xs -> replay p xs moves = Some (l, e, last) ->
    exists q z y, reachable T M q z /\ has_values z last /\ location_of M q = Some l /\ takes T l z e y.
  Proof.
    intro moves; induction moves as [ | m moves ]; intros p x xs l e last R H K; simpl in K; destruct (location_of M p) as [k | ] eqn:L; try discriminate.
    destruct (take k xs m) as [ [d next] | ] eqn:D; try discriminate.
    destruct (take_takes x xs k m d next H D) as [G A].
    destruct moves as [ | n moves ].
    - inversion K; subst. exists p, x. eexists. split; [ exact R | ]. split; [ exact H | ]. split; [ exact L | exact G ].
    - eapply IHmoves; [ | exact A | exact K ]. eapply step; eauto.
  Qed.

  Lemma start_has : has_values (fun _ => of_Q T 0) [].
  Proof. intro k. unfold read. destruct (N.to_nat k); apply fine_0. Qed.

  Theorem run_ends_at : forall moves c b, run_ends moves c b = true ->
    exists p x v, reachable T M p x /\ ends_after T M p x v /\ same T v (of_Q T b).
  Proof.
    intros moves c b H. unfold run_ends in H. destruct (replay Start [] moves) as [ [ [l e] xs ] | ] eqn:K; try discriminate.
    apply andb_prop in H. destruct H as [I V]. apply existsb_exists in I. destruct I as [d [I S]]. apply Qeq_bool_iff in V.
    destruct (replay_reachable moves Start _ [] l e xs (begins T M _) start_has K) as [q [z [y [R [H [L G]]]]]].
    destruct c as [ c | ], d as [ d | ]; simpl in S; try discriminate.
    - apply N.eqb_eq in S; subst d. exists q, z. eexists. split; [ exact R | ]. split; [ eapply ends_on; eauto | ].
      rewrite (H c), (delay_has z xs e H), <- fine_plus. apply of_Q_same; auto.
    - exists q, z. eexists. split; [ exact R | ]. split; [ eapply ends_at_once; eauto | ]. apply of_Q_same; auto.
  Qed.

  Theorem run_shows_it : forall moves c b, run_shows moves c b = true ->
    exists p x v, reachable T M p x /\ elapses T M p x v /\ same T v (of_Q T b).
  Proof.
    intros moves c b H. unfold run_shows in H. destruct (replay Start [] moves) as [ [ [l e] xs ] | ] eqn:K; try discriminate.
    apply andb_prop in H. destruct H as [I V]. apply mem_In in I. apply those_up in I. apply Qeq_bool_iff in V.
    destruct (replay_reachable moves Start _ [] l e xs (begins T M _) start_has K) as [q [z [y [R [H [L G]]]]]].
    exists q, z. eexists. split; [ exact R | ]. split; [ eapply when_leaving; eauto | ].
    rewrite (H c), (delay_has z xs e H), <- fine_plus. apply of_Q_same; auto.
  Qed.
End Replay.

(** ** Runs that come as near to a bound as one likes

    For each move of a run there are limits as well, of the values that begin: with them the edges may be taken if "before" is read as "not after", and the
    clock shows the bound. With a weight of 1 for the run and w for the limits, the mean is a run. *)
Section Near.
  Variable M : automaton.
  Variable fine : BinNums.positive.
  Definition is_nearly_permitted (l : location) (xs : list Z) (e : edge) : bool :=
    forallb (fun j => fires_it e j || Z.leb (delay_of e xs) (read xs j)) (those is_down l) && (negb (at_once e) || Z.leb (delay_of e xs) 0).
  Definition take_both (l : location) (xs ls : list Z) (m : move * list Z) : option (edge * (list Z * list Z)) :=
    match edges l with
    | Some es =>
      match nth_error es (N.to_nat (taken (fst m))) with
      | Some e =>
        let next := next_values l e xs (continues e) (begun (fst m)) in
        let limit := next_values l e ls (continues e) (snd m) in
        if (is_permitted l xs e && is_nearly_permitted l ls e && Nat.eqb (length (begun (fst m))) (length (snd m)))
          && forallb (fun i => is_within fine next i && is_within fine limit i) (fresh e)
        then Some (e, (next, limit)) else None
      | None => None
      end
    | None => None
    end.
  Fixpoint replay_both (p : place) (xs ls : list Z) (moves : list (move * list Z)) : option (location * edge * (list Z * list Z)) :=
    match location_of M p, moves with
    | Some l, m :: rest =>
      match take_both l xs ls m with
      | Some (e, (next, limit)) => match rest with [] => Some (l, e, (xs, ls)) | _ => replay_both (At (to e)) next limit rest end
      | None => None
      end
    | _, _ => None
    end.
  Definition near_ends (moves : list (move * list Z)) (c : ending) (b : Q) : bool :=
    match replay_both Start [] [] moves with
    | Some (l, e, (_, ls)) => existsb (same_ending c) (ends e) && Qeq_bool (shown fine e ls c) b
    | None => false
    end.
  Definition near_shows (moves : list (move * list Z)) (c : N) (b : Q) : bool :=
    match replay_both Start [] [] moves with
    | Some (l, e, (_, ls)) => mem c (those is_up l) && Qeq_bool (shown fine e ls (Clock c)) b
    | None => false
    end.

  Variable w : BinNums.positive.
  Definition finer : BinNums.positive := (fine * Pos.succ w)%positive.
  Definition mean (u v : Z) : Z := (u + Zpos w * v)%Z.
  Definition means (xs ls : list Z) : list Z := map (fun p => mean (fst p) (snd p)) (combine xs ls).
  Definition mean_move (m : move * list Z) : move := Move (taken (fst m)) (means (begun (fst m)) (snd m)).
  Definition mean_Q (u v : Q) : Q := ((1 # Pos.succ w) * u + (Zpos w # Pos.succ w) * v)%Q.

  Lemma means_cons : forall u v xs ls, means (u :: xs) (v :: ls) = mean u v :: means xs ls.
  Proof. reflexivity. Qed.

  Lemma read_means : forall xs ls k, length xs = length ls -> read (means xs ls) k = mean (read xs k) (read ls k).
  Proof.
    intros xs ls k E. unfold read, means. replace 0%Z with (mean (fst (0, 0)%Z) (snd (0, 0)%Z)) at 1 by (unfold mean; simpl; lia).
    rewrite map_nth with (f := fun p => mean (fst p) (snd p)), combine_nth; auto.
  Qed.

  Lemma delay_means : forall e xs ls, length xs = length ls -> delay_of e (means xs ls) = mean (delay_of e xs) (delay_of e ls).
  Proof. intros. unfold delay_of. destruct (fires e); [ apply read_means; auto | unfold mean; lia ]. Qed.

  Lemma next_length : forall l e xs cs ys, length (next_values l e xs cs ys) = length cs.
  Proof. intros l e xs cs; induction cs as [ | [ s | ] cs ]; intros ys; simpl; auto. destruct ys; simpl; auto. Qed.

  Lemma next_means : forall l e xs ls, length xs = length ls -> forall cs ys zs, length ys = length zs ->
    next_values l e (means xs ls) cs (means ys zs) = means (next_values l e xs cs ys) (next_values l e ls cs zs).
  Proof.
    intros l e xs ls E cs; induction cs as [ | [ s | ] cs ]; intros ys zs F; simpl; auto.
    - rewrite means_cons, IHcs by auto. f_equal. unfold passed_of. rewrite delay_means, read_means by auto.
      unfold mean. destruct (nth_error (rates l) (N.to_nat s)) as [ [ | | ] | ]; ring.
    - destruct ys as [ | y ys ], zs as [ | z zs ]; try discriminate.
      + rewrite means_cons. simpl. f_equal. exact (IHcs [] [] eq_refl).
      + rewrite !means_cons. f_equal. apply IHcs. auto.
  Qed.

  Lemma permitted_means : forall l e xs ls, length xs = length ls -> is_permitted l xs e = true -> is_nearly_permitted l ls e = true ->
    is_permitted l (means xs ls) e = true.
  Proof.
    intros l e xs ls E P L. unfold is_permitted, is_nearly_permitted in *. apply andb_prop in P. destruct P as [P O]. apply andb_prop in L. destruct L as [L N].
    rewrite delay_means by auto. rewrite forallb_forall in P, L. apply andb_true_intro. split.
    - apply forallb_forall. intros j J. specialize (P j J). specialize (L j J). destruct (fires_it e j); auto. simpl in *.
      rewrite read_means by auto. unfold mean. apply Z.leb_le in L.
      destruct (mem j (before e)); [ apply Z.ltb_lt in P; apply Z.ltb_lt | apply Z.leb_le in P; apply Z.leb_le ]; nia.
    - destruct (at_once e); auto. simpl in *. apply Z.leb_le in O. apply Z.leb_le in N. apply Z.leb_le. unfold mean. nia.
  Qed.

  Lemma weights : ((1 # Pos.succ w) + (Zpos w # Pos.succ w) == 1)%Q.
  Proof. unfold Qeq, Qplus. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul, Pos2Z.inj_succ. ring. Qed.

  Lemma mean_value : forall u v, (mean u v # finer == mean_Q (u # fine) (v # fine))%Q.
  Proof. intros. unfold mean_Q, mean, finer, Qeq, Qplus, Qmult. cbn [Qnum Qden]. rewrite !Pos2Z.inj_mul. ring. Qed.

  Lemma bound_means : forall b xs ls, length xs = length ls -> (bound_of finer b (means xs ls) == mean_Q (bound_of fine b xs) (bound_of fine b ls))%Q.
  Proof.
    intros [s d ts] xs ls E. unfold bound_of. simpl. induction ts as [ | [p f] rest ]; simpl.
    - unfold mean_Q. rewrite <- Qmult_plus_distr_l, weights. ring.
    - rewrite IHrest, read_means, mean_value by auto. unfold mean_Q. ring.
  Qed.

  Lemma mean_le : forall a b c d, (a <= b)%Q -> (c <= d)%Q -> (mean_Q a c <= mean_Q b d)%Q.
  Proof. intros. unfold mean_Q. apply Qplus_le_compat; (rewrite Qmult_comm, (Qmult_comm _ b) || rewrite Qmult_comm, (Qmult_comm _ d)); apply Qmult_le_compat_r; auto; discriminate. Qed.

  Lemma within_means : forall xs ls i, length xs = length ls -> is_within fine xs i = true -> is_within fine ls i = true -> is_within finer (means xs ls) i = true.
  Proof.
    intros xs ls i E P L. unfold is_within in *. apply andb_prop in P. destruct P as [P Q]. apply andb_prop in L. destruct L as [L K].
    apply Qle_bool_iff in P. apply Qle_bool_iff in L. rewrite read_means by auto. apply andb_true_intro. split.
    - apply Qle_bool_iff. rewrite bound_means, mean_value by auto. apply mean_le; auto.
    - destruct (high i); auto. apply Qle_bool_iff in Q. apply Qle_bool_iff in K. apply Qle_bool_iff.
      rewrite bound_means, mean_value by auto. apply mean_le; auto.
  Qed.

  Lemma take_means : forall l xs ls m e next limit, length xs = length ls -> take_both l xs ls m = Some (e, (next, limit)) ->
    take finer l (means xs ls) (mean_move m) = Some (e, means next limit) /\ length next = length limit.
  Proof.
    intros l xs ls m e next limit E H. unfold take_both, take in *. destruct (edges l) as [es | ]; try discriminate. simpl.
    destruct (nth_error es (N.to_nat (taken (fst m)))) as [d | ]; try discriminate.
    match type of H with (if ?c then _ else _) = _ => destruct c eqn:B; try discriminate end.
    inversion H; subst. apply andb_prop in B. destruct B as [B W]. apply andb_prop in B. destruct B as [B Same].
    apply andb_prop in B. destruct B as [P L]. apply Nat.eqb_eq in Same. rewrite forallb_forall in W. split; [ | rewrite !next_length; auto ].
    rewrite permitted_means, next_means by auto. simpl.
    assert (F : forallb (is_within finer (means (next_values l e xs (continues e) (begun (fst m))) (next_values l e ls (continues e) (snd m)))) (fresh e) = true).
    { apply forallb_forall. intros i I. specialize (W i I). apply andb_prop in W. destruct W. apply within_means; auto. rewrite !next_length; auto. }
    rewrite F. reflexivity.
  Qed.

  Lemma replay_means : forall moves p xs ls l e a b, length xs = length ls -> replay_both p xs ls moves = Some (l, e, (a, b)) ->
    replay M finer p (means xs ls) (map mean_move moves) = Some (l, e, means a b) /\ length a = length b.
  Proof.
    intro moves; induction moves as [ | m moves ]; intros p xs ls l e a b E H; simpl in *; destruct (location_of M p) as [k | ]; try discriminate.
    destruct (take_both k xs ls m) as [ [d [next limit]] | ] eqn:T; try discriminate.
    destruct (take_means _ _ _ _ _ _ _ E T) as [K F]. rewrite K.
    destruct moves as [ | n moves ]; simpl.
    - inversion H; subst. auto.
    - apply (IHmoves _ _ _ _ _ _ _ F H).
  Qed.

  Lemma shown_means : forall e xs ls c, length xs = length ls -> (shown finer e (means xs ls) c == mean_Q (shown fine e xs c) (shown fine e ls c))%Q.
  Proof.
    intros e xs ls [ c | ] E; simpl.
    - rewrite read_means, delay_means by auto. rewrite <- mean_value. unfold mean, Qeq. cbn [Qnum Qden]. ring.
    - unfold mean_Q. ring.
  Qed.
End Near.

Lemma near_enough : forall v b eps, (0 < eps)%Q -> exists w, (b - eps < mean_Q w v b)%Q /\ (mean_Q w v b < b + eps)%Q.
Proof.
  intros v b eps P. destruct (v - b)%Q as [n d] eqn:D. exists (Z.to_pos (1 + Z.abs n * Zpos (Qden eps))).
  set (w := Z.to_pos (1 + Z.abs n * Zpos (Qden eps))).
  assert (W : (Zpos w = 1 + Z.abs n * Zpos (Qden eps))%Z) by (apply Z2Pos.id; nia).
  assert (E : (mean_Q w v b == b + (1 # Pos.succ w) * (n # d))%Q).
  { rewrite <- D. unfold mean_Q. rewrite <- (Qmult_1_l b) at 2. rewrite <- (weights w). ring. }
  destruct eps as [en ed]. unfold Qlt in P. cbn [Qnum Qden] in P, W.
  assert (S : (- (en # ed) < (1 # Pos.succ w) * (n # d))%Q /\ ((1 # Pos.succ w) * (n # d) < en # ed)%Q).
  { unfold Qlt, Qmult, Qopp. cbn [Qnum Qden]. rewrite Pos2Z.inj_mul, Pos2Z.inj_succ, W.
    set (k := Z.succ (1 + Z.abs n * Zpos ed)).
    assert (U : (n * Zpos ed <= Z.abs n * Zpos ed)%Z) by (apply Z.mul_le_mono_nonneg_r; lia).
    assert (V : (- (n * Zpos ed) <= Z.abs n * Zpos ed)%Z) by (rewrite <- Z.mul_opp_l; apply Z.mul_le_mono_nonneg_r; lia).
    assert (X : (0 <= Z.abs n * Zpos ed)%Z) by (apply Z.mul_nonneg_nonneg; lia).
    assert (Y : (k * 1 <= k * Zpos d)%Z) by (apply Z.mul_le_mono_nonneg_l; unfold k; lia).
    assert (Z0 : (1 * (k * Zpos d) <= en * (k * Zpos d))%Z) by (apply Z.mul_le_mono_nonneg_r; unfold k in *; lia).
    assert (K : (Z.abs n * Zpos ed < k)%Z) by (unfold k; lia).
    clearbody k. rewrite (Z.mul_opp_l en), Z.mul_1_l. clear - U V Y Z0 K X. revert U V Y Z0 K X.
    generalize (Z.abs n * Zpos ed)%Z (n * Zpos ed)%Z (k * Zpos d)%Z. intros. split; lia. }
  destruct S. rewrite E. split; [ apply Qplus_lt_r | apply Qplus_lt_r ]; auto.
Qed.

Section NearTheorems.
  Variable M : automaton.
  Variable fine : BinNums.positive.
  Variable T : time.

  Lemma near_run_ends : forall moves c b, near_ends M fine moves c b = true -> forall eps, (0 < eps)%Q ->
    exists p x v q, reachable T M p x /\ ends_after T M p x v /\ same T v (of_Q T q) /\ (b - eps < q)%Q /\ (q < b + eps)%Q.
  Proof.
    intros moves c b H eps P. unfold near_ends in H. destruct (replay_both M fine Start [] [] moves) as [ [ [l e] [xs ls] ] | ] eqn:R; try discriminate.
    apply andb_prop in H. destruct H as [I V]. apply Qeq_bool_iff in V. destruct (near_enough (shown fine e xs c) (shown fine e ls c) eps P) as [w W].
    destruct (replay_means M fine w _ _ _ _ _ _ _ _ eq_refl R) as [K E]. rewrite <- (shown_means fine w e xs ls c E) in W. rewrite V in W.
    destruct (run_ends_at M (finer fine w) T (map (mean_move w) moves) c (shown (finer fine w) e (means w xs ls) c)) as [p [x [v [A [B S]]]]].
    - unfold run_ends. change (means w [] []) with (@nil Z) in K. rewrite K, I. apply Qeq_bool_iff. reflexivity.
    - exists p, x, v. eexists. split; [ exact A | ]. split; [ exact B | ]. split; [ exact S | exact W ].
  Qed.

  Lemma near_run_shows : forall moves c b, near_shows M fine moves c b = true -> forall eps, (0 < eps)%Q ->
    exists p x v q, reachable T M p x /\ elapses T M p x v /\ same T v (of_Q T q) /\ (b - eps < q)%Q /\ (q < b + eps)%Q.
  Proof.
    intros moves c b H eps P. unfold near_shows in H. destruct (replay_both M fine Start [] [] moves) as [ [ [l e] [xs ls] ] | ] eqn:R; try discriminate.
    apply andb_prop in H. destruct H as [I V]. apply Qeq_bool_iff in V. destruct (near_enough (shown fine e xs (Clock c)) (shown fine e ls (Clock c)) eps P) as [w W].
    destruct (replay_means M fine w _ _ _ _ _ _ _ _ eq_refl R) as [K E]. rewrite <- (shown_means fine w e xs ls (Clock c) E) in W. rewrite V in W.
    destruct (run_shows_it M (finer fine w) T (map (mean_move w) moves) c (shown (finer fine w) e (means w xs ls) (Clock c))) as [p [x [v [A [B S]]]]].
    - unfold run_shows. change (means w [] []) with (@nil Z) in K. rewrite K, I. apply Qeq_bool_iff. reflexivity.
    - exists p, x, v. eexists. split; [ exact A | ]. split; [ exact B | ]. split; [ exact S | exact W ].
  Qed.
End NearTheorems.

(** * 6. Time as rational and as real numbers *)

From Coq Require Import Reals Qreals.
From Coq Require RMicromega.

Definition rationals : time.
Proof.
  refine (Time Q Qle Qlt Qplus Qminus Qmult Qopp (fun q => q) _ _ _ _ _ _ _ _ _ _ _ _).
  - apply Qle_trans.
  - intros a b. destruct (Qlt_le_dec b a); auto.
  - apply Qlt_le_weak.
  - apply Qlt_not_le.
  - intros a b c H. apply Qplus_le_compat; auto. apply Qle_refl.
  - apply Qmult_le_0_compat.
  - intros a b c [H G]. assert (E : (a == b)%Q) by (apply Qle_antisym; auto). split; rewrite E; apply Qle_refl.
  - split; intros; split; apply Qle_lteq; right; ring.
  - auto.
  - auto.
  - intros; split; apply Qle_refl.
  - intros; split; apply Qle_refl.
Defined.

Definition reals : time.
Proof.
  refine (Time R Rle Rlt Rplus Rminus Rmult Ropp Q2R _ _ _ _ _ _ _ _ _ _ _ _).
  - apply Rle_trans.
  - apply Rle_or_lt.
  - apply Rlt_le.
  - intros a b H. apply Rlt_not_le; auto.
  - intros a b c H. apply Rplus_le_compat_l; auto.
  - rewrite RMicromega.Q2R_0. apply Rmult_le_pos.
  - intros a b c [H G]. assert (E : a = b) by (apply Rle_antisym; auto). split; rewrite E; apply Rle_refl.
  - rewrite RMicromega.Q2R_0, RMicromega.Q2R_1. split; intros; split; apply Req_le; ring.
  - apply Qle_Rle.
  - apply Qlt_Rlt.
  - intros. split; apply Req_le; rewrite Q2R_plus; auto.
  - intros. split; apply Req_le; rewrite Q2R_mult; auto.
Defined.

Lemma same_real : forall v b, same reals v (of_Q reals b) -> v = Q2R b.
Proof. intros v b [H G]. apply Rle_antisym; auto. Qed.

Lemma same_rational : forall v b, same rationals v (of_Q rationals b) -> (v == b)%Q.
Proof. intros v b [H G]. apply Qle_antisym; auto. Qed.

Lemma smaller_rational : forall eps, (0 < eps)%R -> exists q, (0 < q)%Q /\ (Q2R q < eps)%R.
Proof.
  intros eps P. destruct (archimed (/ eps)) as [A _]. assert (I : (0 < / eps)%R) by (apply Rinv_0_lt_compat; auto).
  assert (U : (0 < up (/ eps))%Z) by (apply lt_IZR; apply Rlt_trans with (/ eps)%R; auto).
  exists (1 # Z.to_pos (up (/ eps))). split; [ reflexivity | ]. unfold Q2R. cbn [Qnum Qden]. rewrite Z2Pos.id, Rmult_1_l by auto.
  assert (L : (/ IZR (up (/ eps)) < / / eps)%R).
  { apply Rinv_lt_contravar; auto. apply Rmult_lt_0_compat; auto. apply Rlt_trans with (/ eps)%R; auto. }
  rewrite Rinv_inv in L. auto.
Qed.

Lemma near_reals : forall (P : R -> Prop) b eps, (0 < eps)%R ->
  (forall d, (0 < d)%Q -> exists v q, P v /\ same reals v (of_Q reals q) /\ (b - d < q)%Q /\ (q < b + d)%Q) ->
  exists v, P v /\ (Q2R b - eps < v < Q2R b + eps)%R.
Proof.
  intros P b eps E H. destruct (smaller_rational eps E) as [d [D L]]. destruct (H d D) as [v [q [V [S [A B]]]]].
  exists v. split; auto. apply same_real in S. subst v. apply Qlt_Rlt in A. apply Qlt_Rlt in B. rewrite Q2R_minus in A. rewrite Q2R_plus in B.
  split; [ apply Rlt_trans with (Q2R b - Q2R d)%R; auto; apply Rplus_lt_compat_l; apply Ropp_lt_contravar; auto
    | apply Rlt_trans with (Q2R b + Q2R d)%R; auto; apply Rplus_lt_compat_l; auto ].
Qed.

(** * 7. What Proof.v uses *)

Lemma whole : forall n, IZR n = Q2R (n # 1).
Proof. intro. unfold Q2R. simpl. field. Qed.
Lemma quotient : forall n d, (IZR n / IZR (Zpos d))%R = Q2R (n # d).
Proof. reflexivity. Qed.

Section Theorems.
  Variable M : automaton.
  Variable C : certificate.

  Theorem at_most : forall b v, v = Q2R b -> proves M C (Max b false) = true ->
    forall p x elapsed, reachable reals M p x -> elapses reals M p x elapsed -> (elapsed <= v)%R.
  Proof. intros b v -> H p x e R E. exact (proved_max reals M C _ H b false eq_refl p x e R E). Qed.
  Theorem less_than : forall b v, v = Q2R b -> proves M C (Max b true) = true ->
    forall p x elapsed, reachable reals M p x -> elapses reals M p x elapsed -> (elapsed < v)%R.
  Proof. intros b v -> H p x e R E. exact (proved_max reals M C _ H b true eq_refl p x e R E). Qed.
  Theorem at_least : forall b v, v = Q2R b -> proves M C (Min b false) = true ->
    forall p x elapsed, reachable reals M p x -> ends_after reals M p x elapsed -> (v <= elapsed)%R.
  Proof. intros b v -> H p x e R E. exact (proved_min reals M C _ H b false eq_refl p x e R E). Qed.
  Theorem more_than : forall b v, v = Q2R b -> proves M C (Min b true) = true ->
    forall p x elapsed, reachable reals M p x -> ends_after reals M p x elapsed -> (v < elapsed)%R.
  Proof. intros b v -> H p x e R E. exact (proved_min reals M C _ H b true eq_refl p x e R E). Qed.
  Theorem no_run_meets : forall f, proves M C (Never f) = true -> forall p x, reachable reals M p x -> ~ meets reals M p x f.
  Proof. intros f H. exact (proved_never reals M C _ H f eq_refl). Qed.
  Theorem time_goes_on : proves M C Passes = true -> time_passes reals M.
  Proof. intro H. exact (proved_passes reals M C _ H eq_refl). Qed.
  Theorem nothing_is_left_out : forall c, proves M C c = true -> complete reals M.
  Proof. intros c H. exact (proved_complete reals M C c H). Qed.
  Theorem attained : forall fine moves c b v, v = Q2R b -> run_ends M fine moves c b = true ->
    exists p x elapsed, reachable reals M p x /\ ends_after reals M p x elapsed /\ elapsed = v.
  Proof.
    intros fine moves c b v -> H. destruct (run_ends_at M fine reals moves c b H) as [p [x [e [R [E S]]]]].
    exists p, x, e. repeat split; auto. apply same_real; auto.
  Qed.
  Theorem elapsed_once : forall fine moves c b v, v = Q2R b -> run_shows M fine moves c b = true ->
    exists p x elapsed, reachable reals M p x /\ elapses reals M p x elapsed /\ elapsed = v.
  Proof.
    intros fine moves c b v -> H. destruct (run_shows_it M fine reals moves c b H) as [p [x [e [R [E S]]]]].
    exists p, x, e. repeat split; auto. apply same_real; auto.
  Qed.

  Theorem comes_near : forall fine moves c b v, v = Q2R b -> near_ends M fine moves c b = true -> forall eps, (0 < eps)%R ->
    exists p x elapsed, reachable reals M p x /\ ends_after reals M p x elapsed /\ (v - eps < elapsed < v + eps)%R.
  Proof.
    intros fine moves c b v -> H eps E.
    destruct (near_reals (fun t => exists p x, reachable reals M p x /\ ends_after reals M p x t) b eps E) as [t [[p [x [R A]]] B]].
    - intros d D. destruct (near_run_ends M fine reals moves c b H d D) as [p [x [t [q [R [A B]]]]]]. exists t, q. split; eauto.
    - exists p, x, t. auto.
  Qed.
  Theorem elapses_near : forall fine moves c b v, v = Q2R b -> near_shows M fine moves c b = true -> forall eps, (0 < eps)%R ->
    exists p x elapsed, reachable reals M p x /\ elapses reals M p x elapsed /\ (v - eps < elapsed < v + eps)%R.
  Proof.
    intros fine moves c b v -> H eps E.
    destruct (near_reals (fun t => exists p x, reachable reals M p x /\ elapses reals M p x t) b eps E) as [t [[p [x [R A]]] B]].
    - intros d D. destruct (near_run_shows M fine reals moves c b H d D) as [p [x [t [q [R [A B]]]]]]. exists t, q. split; eauto.
    - exists p, x, t. auto.
  Qed.

  (** The same over the rational numbers, without any axiom. *)
  Theorem at_most_rational : forall b, proves M C (Max b false) = true ->
    forall p x elapsed, reachable rationals M p x -> elapses rationals M p x elapsed -> (elapsed <= b)%Q.
  Proof. intros b H. exact (proved_max rationals M C _ H b false eq_refl). Qed.
  Theorem less_than_rational : forall b, proves M C (Max b true) = true ->
    forall p x elapsed, reachable rationals M p x -> elapses rationals M p x elapsed -> (elapsed < b)%Q.
  Proof. intros b H. exact (proved_max rationals M C _ H b true eq_refl). Qed.
  Theorem at_least_rational : forall b, proves M C (Min b false) = true ->
    forall p x elapsed, reachable rationals M p x -> ends_after rationals M p x elapsed -> (b <= elapsed)%Q.
  Proof. intros b H. exact (proved_min rationals M C _ H b false eq_refl). Qed.
  Theorem more_than_rational : forall b, proves M C (Min b true) = true ->
    forall p x elapsed, reachable rationals M p x -> ends_after rationals M p x elapsed -> (b < elapsed)%Q.
  Proof. intros b H. exact (proved_min rationals M C _ H b true eq_refl). Qed.
  Theorem no_run_meets_rational : forall f, proves M C (Never f) = true -> forall p x, reachable rationals M p x -> ~ meets rationals M p x f.
  Proof. intros f H. exact (proved_never rationals M C _ H f eq_refl). Qed.
  Theorem time_goes_on_rational : proves M C Passes = true -> time_passes rationals M.
  Proof. intro H. exact (proved_passes rationals M C _ H eq_refl). Qed.
  Theorem nothing_is_left_out_rational : forall c, proves M C c = true -> complete rationals M.
  Proof. intros c H. exact (proved_complete rationals M C c H). Qed.
  Theorem attained_rational : forall fine moves c b, run_ends M fine moves c b = true ->
    exists p x elapsed, reachable rationals M p x /\ ends_after rationals M p x elapsed /\ (elapsed == b)%Q.
  Proof.
    intros fine moves c b H. destruct (run_ends_at M fine rationals moves c b H) as [p [x [e [R [E S]]]]].
    exists p, x, e. repeat split; auto. apply same_rational; auto.
  Qed.
  Theorem elapsed_once_rational : forall fine moves c b, run_shows M fine moves c b = true ->
    exists p x elapsed, reachable rationals M p x /\ elapses rationals M p x elapsed /\ (elapsed == b)%Q.
  Proof.
    intros fine moves c b H. destruct (run_shows_it M fine rationals moves c b H) as [p [x [e [R [E S]]]]].
    exists p, x, e. repeat split; auto. apply same_rational; auto.
  Qed.
  Theorem comes_near_rational : forall fine moves c b, near_ends M fine moves c b = true -> forall eps, (0 < eps)%Q ->
    exists p x elapsed, reachable rationals M p x /\ ends_after rationals M p x elapsed /\ (b - eps < elapsed)%Q /\ (elapsed < b + eps)%Q.
  Proof.
    intros fine moves c b H eps E. destruct (near_run_ends M fine rationals moves c b H eps E) as [p [x [t [q [R [A [[S S'] [B B']]]]]]]].
    exists p, x, t. split; [ exact R | ]. split; [ exact A | ]. split; [ exact (Qlt_le_trans _ _ _ B S') | exact (Qle_lt_trans _ _ _ S B') ].
  Qed.
  Theorem elapses_near_rational : forall fine moves c b, near_shows M fine moves c b = true -> forall eps, (0 < eps)%Q ->
    exists p x elapsed, reachable rationals M p x /\ elapses rationals M p x elapsed /\ (b - eps < elapsed)%Q /\ (elapsed < b + eps)%Q.
  Proof.
    intros fine moves c b H eps E. destruct (near_run_shows M fine rationals moves c b H eps E) as [p [x [t [q [R [A [[S S'] [B B']]]]]]]].
    exists p, x, t. split; [ exact R | ]. split; [ exact A | ]. split; [ exact (Qlt_le_trans _ _ _ B S') | exact (Qle_lt_trans _ _ _ S B') ].
  Qed.
End Theorems.
