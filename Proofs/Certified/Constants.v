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

(** Constants written out in the normal end of the stable laws: density at the mode 1/(2 sqrt pi), and ln (2 sqrt pi). *)
Theorem gaussian_peak_enclosure : 28209479177387814 / 10 ^ 17 < 1 / (2 * sqrt PI) < 28209479177387815 / 10 ^ 17.
Proof. split; interval with (i_prec 90). Qed.

Theorem gaussian_log_norm_enclosure : 12655121234846453 / 10 ^ 16 < ln (2 * sqrt PI) < 12655121234846454 / 10 ^ 16.
Proof. split; interval with (i_prec 90). Qed.

(** Scale of the exponential's argument reduction, 1/ln 2. *)
Theorem log2_e_enclosure : 14426950408889634 / 10 ^ 16 < 1 / ln 2 < 14426950408889635 / 10 ^ 16.
Proof. split; interval with (i_prec 90). Qed.

(** What the double nearest to pi, 884279719003555 / 2^48, leaves of it. *)
Theorem pi_rest_enclosure : 12246467991473531 / 10 ^ 32 < PI - 884279719003555 / 2 ^ 48 < 12246467991473532 / 10 ^ 32.
Proof. split; interval with (i_prec 150). Qed.
