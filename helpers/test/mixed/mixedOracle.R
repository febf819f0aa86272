# Writes mixedOracle.json: mixed models of simulated groups by lme4 and nlme, for mixed.test.ts.
# Debian's r-cran-lme4 and r-cran-nlme. Run: Rscript helpers/test/mixed/mixedOracle.R
suppressMessages({library(lme4); library(nlme)})
set.seed(13)
digits <- function(x) sprintf("%.12g", x)
json <- function(x) {
  if (is.null(names(x)) && length(x) == 1 && is.character(x)) return(paste0('"', x, '"'))
  if (is.list(x) || !is.null(names(x))) {
    parts <- vapply(names(x), function(n) paste0('"', n, '":', json(x[[n]])), "")
    return(paste0("{", paste(parts, collapse = ","), "}"))
  }
  paste0("[", paste(if (is.character(x)) paste0('"', x, '"') else digits(x), collapse = ","), "]")
}
one <- function(x) digits(x)
groups <- 8
# A straight line with random intercept and slope.
line <- do.call(rbind, lapply(seq_len(groups), function(g) {
  a <- 3 + 0.5 * rnorm(1); b <- 1 + 0.2 * rnorm(1); x <- seq(0.2, 3, length.out = 7)
  data.frame(g = paste0("g", g), x = x, y = round(a + b * x + 0.1 * rnorm(7), 8))
}))
lm4 <- function(formula, reml) {
  m <- lmer(formula, line, REML = reml, control = lmerControl(optCtrl = list(xtol_rel = 1e-12, ftol_abs = 1e-14)))
  v <- as.data.frame(VarCorr(m))
  list(logLik = as.numeric(logLik(m)), a = fixef(m)[["(Intercept)"]], b = fixef(m)[["x"]],
       seA = sqrt(vcov(m)[1, 1]), seB = sqrt(vcov(m)[2, 2]), sigma = sigma(m), sds = v$sdcor, ranefA = ranef(m)$g[["(Intercept)"]])
}
# A power law with a floor of each group, and an exponent of each.
curve <- do.call(rbind, lapply(seq_len(groups), function(g) {
  E <- 1.7 + 0.1 * rnorm(1); alpha <- 0.28 + 0.01 * rnorm(1); N <- 10^seq(6.5, 10, length.out = 8)
  data.frame(g = paste0("g", g), N = N, loss = round((E + 0.4 * (N / 1e8)^-alpha) * (1 + 0.002 * rnorm(8)), 8))
}))
curve$lnN <- log(curve$N / 1e8); curve$lnL <- log(curve$loss)
control <- nlmeControl(tolerance = 1e-6, pnlsTol = 1e-4, minScale = 1e-12, msTol = 1e-12, maxIter = 500, pnlsMaxIter = 50, msMaxIter = 500, returnObject = FALSE)
start <- c(E = 1.7, lnA = log(0.4), alpha = 0.28)
nl <- function(model, random, method) {
  m <- nlme(model, curve, fixed = E + lnA + alpha ~ 1, random = random, start = start, method = method, control = control)
  f <- fixef(m)
  # summary() widens ML's standard errors by n / (n - p); the covariance itself does not.
  list(logLik = as.numeric(logLik(m)), E = f[["E"]], A = exp(f[["lnA"]]), alpha = f[["alpha"]], se = sqrt(diag(m$varFix)),
       sigma = m$sigma, sds = as.numeric(VarCorr(m)[, "StdDev"]), ranefE = ranef(m)[paste0("g", seq_len(groups)), "E"])
}
# nlme's REML is not that of its own lme on the linearised law (a line by both shows it). Here is the alternation written
# out: the law linearised at the estimates, that linear model by lme, until nothing moves.
alternate <- function(logarithmic) {
  beta <- start; b <- setNames(rep(0, groups), paste0("g", seq_len(groups)))
  for (round in 1:60) {
    E <- beta[["E"]] + b[curve$g]; term <- exp(beta[["lnA"]] - beta[["alpha"]] * curve$lnN); f <- E + term
    scale <- if (logarithmic) 1 / f else 1
    work <- data.frame(g = curve$g, X1 = 1 * scale, X2 = term * scale, X3 = -term * curve$lnN * scale)
    left <- if (logarithmic) curve$lnL - log(f) else curve$loss - f
    work$w <- left + work$X1 * (beta[["E"]] + b[curve$g]) + work$X2 * beta[["lnA"]] + work$X3 * beta[["alpha"]]
    m <- lme(w ~ X1 + X2 + X3 - 1, random = ~ X1 - 1 | g, data = work, method = "REML", control = lmeControl(opt = "optim", reltol = 1e-14, maxIter = 500, msMaxIter = 500))
    before <- beta
    beta <- setNames(fixef(m), names(start)); b <- setNames(ranef(m)[names(b), 1], names(b))
    if (max(abs(beta - before)) < 1e-10) break
  }
  list(logLik = as.numeric(logLik(m)), E = beta[["E"]], A = exp(beta[["lnA"]]), alpha = beta[["alpha"]], se = setNames(sqrt(diag(m$varFix)), names(start)),
       sigma = m$sigma, sds = c(as.numeric(VarCorr(m)[, "StdDev"])), ranefE = as.numeric(b))
}
raw <- loss ~ E + exp(lnA - alpha * lnN)
logarithmic <- lnL ~ log(E + exp(lnA - alpha * lnN))
byNlme <- nlme(y ~ a + b * x, line, fixed = a + b ~ 1, random = a ~ 1 | g, start = c(a = 3, b = 1), method = "REML")
message("a line by nlme REML: spread ", VarCorr(byNlme)[1, 2], ", by lmer ", as.data.frame(VarCorr(lmer(y ~ x + (1 | g), line)))$sdcor[1])
out <- list(
  line = line, curve = curve[c("g", "N", "loss")],
  linear = list(
    reml = lm4(y ~ x + (1 + x | g), TRUE), ml = lm4(y ~ x + (1 + x | g), FALSE),
    apart = lm4(y ~ x + (1 + x || g), TRUE), intercept = lm4(y ~ x + (1 | g), TRUE)
  ),
  nonlinear = list(
    rawML = nl(raw, E ~ 1 | g, "ML"), rawREML = alternate(FALSE),
    logML = nl(logarithmic, E ~ 1 | g, "ML"), logREML = alternate(TRUE),
    both = nl(logarithmic, list(g = pdDiag(E + alpha ~ 1)), "ML"), full = nl(logarithmic, E + alpha ~ 1 | g, "ML")
  )
)
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
writeLines(json(out), sub("[.]R$", ".json", here))
str(out$linear$reml); str(out$nonlinear$full)
