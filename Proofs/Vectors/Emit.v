(** * The vectors as text

    Inputs come from a fixed linear congruential sequence; values are computed by the mirrors of Rational.v. *)
Require Import QArith ZArith NArith List String DecimalString.
Require Import Learnability.Vectors.Rational.
Import ListNotations.
Open Scope string_scope.

Definition newline : string := String (Ascii.ascii_of_nat 10) "".
Definition quoted (s : string) : string := """" ++ s ++ """".
Definition text_of_Z (z : Z) : string := NilZero.string_of_int (Z.to_int z).
Definition text_of_nat (n : nat) : string := text_of_Z (Z.of_nat n).
Definition text_of_Q (x : Q) : string :=
  let r := Qred x in quoted (text_of_Z (Qnum r) ++ "/" ++ text_of_Z (Zpos (Qden r))).

Fixpoint joined (separator : string) (l : list string) : string :=
  match l with
  | [] => ""
  | [x] => x
  | x :: t => x ++ separator ++ joined separator t
  end.

Definition array (l : list Q) : string := "[" ++ joined ", " (map text_of_Q l) ++ "]".
Definition field (name value : string) : string := quoted name ++ ": " ++ value.
Definition case (fields : list string) : string := "{" ++ joined ", " fields ++ "}".
Definition set (theorem meaning : string) (cases : list string) : string :=
  "{" ++ newline ++ field "theorem" (quoted theorem) ++ "," ++ newline ++ field "meaning" (quoted meaning)
  ++ "," ++ newline ++ field "cases" "[" ++ newline ++ joined ("," ++ newline) cases ++ newline ++ "]}".

(** Inputs: the i-th number of stream s, at most 16384. *)
Fixpoint congruential (n : nat) (x : N) : N :=
  match n with O => x | S k => congruential k ((x * 1103515245 + 12345) mod 2147483648)%N end.
Definition number (s i : nat) : Z := Z.of_N (congruential (3 + i) (7919 * N.of_nat s + 17) / 131072)%N.

(** Rationals in (0, 1], in [-1, 1], and positive ones below ten. *)
Definition unit_number (s i : nat) : Q := Qred ((number s i mod 24 + 1) # 24).
Definition signed_number (s i : nat) : Q := Qred ((number s i mod 49 - 24) # 24).
Definition positive_number (s i : nat) : Q := Qred ((number s i mod 97 + 1) # 12).
Definition listed (f : nat -> Q) (n : nat) : list Q := map f (seq 0 n).

Definition json_first_order_transport : string :=
  set "GammaQ_correct" "first-order diagonal transport from retention factors and gate terms, latest step first"
    (map (fun s => let n := Nat.modulo s 12 in let a := unit_number s in let b := signed_number (s + 1000) in
       case [field "retentions" (array (listed a n)); field "gateTerms" (array (listed b n));
             field "zeroth" (text_of_Q (gammaQ a n)); field "value" (text_of_Q (GammaQ a b n))]) (seq 0 36)).

Definition json_constant_gate : string :=
  set "GammaQ_correct" "first-order transport of the constant gate with gate s and coupling rho"
    (map (fun s => let g := Qred ((1 + Z.of_nat (Nat.modulo s 9)) # 10) in let r := signed_number s 0 in
       let l := Nat.modulo (5 * s) 14 in
       case [field "gate" (text_of_Q g); field "coupling" (text_of_Q r); field "lag" (text_of_nat l);
             field "value" (text_of_Q (GammaQ (fun _ => Qred (1 - g)) (fun _ => r) l))]) (seq 0 36)).

Definition json_rayleigh : string :=
  set "rayleighQ_correct" "Rayleigh base rate of a row under a diagonal preconditioner"
    (map (fun s => let n := S (Nat.modulo s 8) in let lam := positive_number s in
       let b := fun i => match i with O => 1 # 2 | _ => signed_number (s + 500) i end in
       case [field "rates" (array (listed lam n)); field "row" (array (listed b n));
             field "value" (text_of_Q (rayleighQ lam b n))]) (seq 0 32)).

Definition json_oriented_mean : string :=
  set "orientedQ_correct" "mean of the matched statistic oriented by the sign of rate times mean"
    (map (fun s => let n := S (Nat.modulo s 8) in let mu := signed_number s in let m := signed_number (s + 300) in
       case [field "rates" (array (listed mu n)); field "means" (array (listed m n));
             field "value" (text_of_Q (orientedQ mu m n))]) (seq 0 32)).

Definition json_kernel_polynomials : string :=
  set "pQ_correct, qQ_correct" "p_t and q_t of the kernel regime at x"
    (map (fun s => let x := Qred ((number s 0 mod 33) # 16) in let t := Nat.modulo s 13 in
       case [field "x" (text_of_Q x); field "t" (text_of_nat t);
             field "p" (text_of_Q (pQ x t)); field "q" (text_of_Q (qQ x t))]) (seq 0 39)).

Definition json_concentration_exponent : string :=
  set "kappaQ_correct" "concentration exponent of a tail index in (1, 2]"
    (map (fun s => let a := Qred (1 + ((1 + Z.of_nat s) # 20)) in
       case [field "tailIndex" (text_of_Q a); field "value" (text_of_Q (kappaQ a))]) (seq 0 20)).

(** Envelopes that need not be monotone; all later lags are below the threshold. *)
Definition json_window : string :=
  set "windowQ_correct" "largest lag, counted from one, at which the envelope reaches the threshold; zero if none"
    (map (fun s => let n := S (Nat.modulo s 10) in
       let f := fun l => if Nat.leb l n then unit_number s l else 0 in let y := unit_number (s + 77) 0 in
       case [field "envelope" (array (map f (seq 1 n))); field "threshold" (text_of_Q y);
             field "value" (text_of_nat (windowQ f y n))]) (seq 0 40)).
