# R's surveillance on the series of a CSV file (one series a row): the alarms of the last 49 weeks.
# Usage: Rscript peer.R series.csv alarms.csv
suppressMessages(library(surveillance))
files <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(files[1], header = FALSE))
weeks <- (ncol(counts) - 48):ncol(counts)
flexible <- list(range = weeks, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = 0.005,
                 thresholdMethod = "nbPlugin", pThresholdTrend = 1, limit54 = c(5, 4), reweight = TRUE,
                 weightsThreshold = 2.58, glmWarnings = FALSE)
rows <- list()
for (i in seq_len(nrow(counts))) {
  one <- sts(counts[i, ], frequency = 52)
  found <- suppressWarnings(farringtonFlexible(one, flexible))
  ears <- sapply(c("C1", "C2"), function(rule) as.vector(alarms(earsC(one, list(range = weeks, method = rule)))))
  rows[[i]] <- data.frame(series = i, week = weeks, farrington = as.vector(alarms(found)),
                          upper = as.vector(upperbound(found)), p = as.vector(found@control$pvalue),
                          C1 = ears[, 1], C2 = ears[, 2])
}
write.csv(do.call(rbind, rows), files[2], row.names = FALSE)
