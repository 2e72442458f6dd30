(** * Certified enclosures of constants

    By interval arithmetic on integers, so that no axiom on machine numbers enters. *)
Require Import Reals Lra.
From Interval Require Import Tactic Float.Specific_ops Float.Specific_stdz.
Open Scope R_scope.

Module Emulated := SpecificFloat StdZRadix2.
Module Enclosure := IntervalTactic Emulated.
Import Enclosure.

Theorem ln2_enclosure : 6931471805 / 10000000000 < ln 2 < 6931471806 / 10000000000.
Proof. split; interval with (i_prec 60). Qed.

(** Largest curvature of tanh, 4/(3 sqrt 3), and of the logistic function, 1/(6 sqrt 3). *)
Theorem tanh_curvature_enclosure : 7698003 / 10000000 < 4 / (3 * sqrt 3) < 7698004 / 10000000.
Proof. split; interval with (i_prec 60). Qed.

Theorem logistic_curvature_enclosure : 9622504 / 100000000 < 1 / (6 * sqrt 3) < 9622505 / 100000000.
Proof. split; interval with (i_prec 60). Qed.

(** Rates of the constant gate s = 0.05 with self-weight 0.9: exact, and by the first-order truncation, ten times as fast. *)
Theorem exact_rate_enclosure : 50125 / 10000000 < - ln (1 - 5/100 + 5/100 * (9/10)) < 50126 / 10000000.
Proof. split; interval with (i_prec 60). Qed.

Theorem first_order_rate_enclosure : 512932 / 10000000 < - ln (1 - 5/100) < 512933 / 10000000.
Proof. split; interval with (i_prec 60). Qed.

(** Upper 10 % point of the Cauchy law, tan (2 pi / 5). *)
Theorem cauchy_decile_enclosure : 30776835 / 10000000 < sin (2 * PI / 5) / cos (2 * PI / 5) < 30776836 / 10000000.
Proof. split; interval with (i_prec 60). Qed.
