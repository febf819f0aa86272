# Writes likelihoodOracle.json: noise that grows with a variable or with the fit, by nlme's gnls; known noise, by nls; runs
# that are censored, by optim on the likelihood written out with R's own pnorm. For likelihood.test.ts.
# Debian's r-cran-nlme. Run: Rscript helpers/test/likelihood/likelihoodOracle.R
suppressMessages(library(nlme))
set.seed(29)
numbers <- function(x) paste0("[", paste(sprintf("%.12g", x), collapse = ","), "]")
object <- function(x) paste0("{", paste(sprintf('"%s":%s', names(x), vapply(x, function(y) if (is.list(y)) object(y) else numbers(y), "")), collapse = ","), "}")
N <- 10^seq(6, 10.9, length.out = 50)
u <- log(N / 1e8)
f <- 1.6 + 0.5 * exp(-0.25 * u)
grows <- round(f + 0.01 * exp(-0.3 * u) * rnorm(50), 9)
se <- round(0.002 + 0.01 * runif(50), 6)
known <- round(f + se * rnorm(50), 9)
cut <- 2.4
cens <- f + 0.05 * rnorm(50)
diverged <- as.numeric(cens > cut)
cens <- round(pmin(cens, cut), 9)
start <- c(E = 1.6, lnA = log(0.5), alpha = 0.25)
model <- y ~ E + exp(lnA - alpha * u)
control <- gnlsControl(tolerance = 1e-9, nlsTol = 1e-7, msTol = 1e-13, maxIter = 500, nlsMaxIter = 100)
byGnls <- function(weights) {
  d <- data.frame(y = grows, u = u, v = N / 1e8)
  m <- gnls(model, d, start = start, weights = weights, control = control)
  b <- coef(m)
  list(logLik = as.numeric(logLik(m)), E = b[["E"]], A = exp(b[["lnA"]]), alpha = b[["alpha"]], power = as.numeric(coef(m$modelStruct$varStruct)),
       # gnls divides by n - p for sigma; the likelihood is at its maximum with n.
       sigma = m$sigma * sqrt((50 - 3) / 50))
}
byNls <- function() {
  d <- data.frame(y = known, u = u, w = 1 / se^2)
  m <- nls(model, d, start = start, weights = w, control = nls.control(tol = 1e-7, minFactor = 1e-9, warnOnly = TRUE))
  b <- coef(m); s <- summary(m)
  list(E = b[["E"]], A = exp(b[["lnA"]]), alpha = b[["alpha"]], seE = s$coefficients["E", 2] / s$sigma, seAlpha = s$coefficients["alpha", 2] / s$sigma)
}
byOptim <- function() {
  minus <- function(p) {
    fit <- p[1] + exp(p[2] - p[3] * u); s <- exp(p[4])
    -sum(ifelse(diverged == 1, pnorm(fit, cut, s, log.p = TRUE), dnorm(cens, fit, s, log = TRUE)))
  }
  m <- list(par = c(start, log(0.05)))
  for (k in 1:20) m <- optim(m$par, minus, method = if (k %% 2) "Nelder-Mead" else "BFGS", control = list(reltol = 1e-15, maxit = 5000))
  list(logLik = -m$value, E = m$par[[1]], A = exp(m$par[[2]]), alpha = m$par[[3]], sigma = exp(m$par[[4]]))
}
out <- list(N = N, grows = grows, se = se, known = known, cens = cens, diverged = diverged,
            power = byGnls(varPower(form = ~ v)), fitted = byGnls(varPower()), absolute = byNls(), tobit = byOptim())
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
writeLines(object(out), sub("[.]R$", ".json", here))
str(out[7:10])
