-- Pairs that join, in their order.
SELECT star, chance AS rank, turn, chance AS risk, members FROM {pairs} WHERE chance < :PAIR_BAR
