# Writes freedomOracle.json: Satterthwaite's degrees of freedom, weights and singular spreads of linear mixed models with
# groups of unequal sizes, by lme4 and lmerTest, for freedom.test.ts.
# Debian's r-cran-lme4 and r-cran-lmertest. Run: Rscript helpers/test/mixed/freedomOracle.R
suppressMessages({library(lme4); library(lmerTest)})
set.seed(29)
digits <- function(x) sprintf("%.12g", x)
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0('"', names(x), '":', vapply(x, json, ""), collapse = ","), "}"))
  paste0("[", paste(if (is.character(x)) paste0('"', x, '"') else digits(x), collapse = ","), "]")
}
rows <- function(sizes, sd, noise) do.call(rbind, lapply(seq_along(sizes), function(g) {
  a <- 3 + sd[1] * rnorm(1); b <- 1 + sd[2] * rnorm(1); x <- round(runif(sizes[g], 0, 3), 6)
  data.frame(g = paste0("g", g), x = x, w = round(runif(sizes[g], 0.5, 3), 4), y = round(a + b * x + noise * rnorm(sizes[g]), 8))
}))
control <- lmerControl(optCtrl = list(xtol_rel = 1e-13, ftol_abs = 1e-15), check.conv.singular = "ignore", calc.derivs = TRUE)
told <- function(formula, data, reml = TRUE, weighted = FALSE) {
  w <- if (weighted) data$w else rep(1, nrow(data))
  data$.w <- w
  m <- suppressWarnings(lmer(formula, data, REML = reml, weights = .w, control = control))
  s <- suppressWarnings(coef(summary(m)))
  list(logLik = as.numeric(logLik(m)), fixed = s[, "Estimate"], se = s[, "Std. Error"], df = s[, "df"], sigma = sigma(m),
       sds = as.data.frame(VarCorr(m))$sdcor)
}
sizes <- c(9, 4, 6, 3, 12, 5, 2, 7)
plain <- rows(sizes, c(0.5, 0.3), 0.2)
singular <- rows(c(4, 4, 4, 4, 4), c(0.5, 0.02), 0.4)
balanced <- rows(rep(5, 6), c(0.4, 0), 0.3)
out <- list(
  plain = as.list(plain), singular = as.list(singular), balanced = as.list(balanced),
  both = told(y ~ x + (1 + x | g), plain), bothML = told(y ~ x + (1 + x | g), plain, FALSE),
  weighted = told(y ~ x + (1 + x | g), plain, TRUE, TRUE), intercept = told(y ~ x + (1 | g), plain),
  apart = told(y ~ x + (1 + x || g), plain), tied = told(y ~ x + (1 + x | g), singular),
  oneWay = told(y ~ 1 + (1 | g), balanced)
)
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
writeLines(json(out), sub("[.]R$", ".json", here))
str(out[c("both", "bothML", "weighted", "tied", "oneWay", "intercept", "apart")])
