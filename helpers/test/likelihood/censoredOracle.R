# Writes censoredOracle.json: straight lines with runs of which only a lower limit is known, by survreg (Tobit), for
# exactNoise.test.ts. Debian's r-cran-survival. Run: Rscript helpers/test/likelihood/censoredOracle.R
suppressMessages(library(survival))
set.seed(31)
digits <- function(x) sprintf("%.12g", x)
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0('"', names(x), '":', vapply(x, json, ""), collapse = ","), "}"))
  paste0("[", paste(digits(x), collapse = ","), "]")
}
told <- function(n, limit) {
  x <- round(seq(0, 3, length.out = n), 6)
  whole <- round(2 + 0.7 * x + 0.3 * rnorm(n), 8)
  y <- pmin(whole, limit)
  m <- survreg(Surv(y, whole <= limit) ~ x, dist = "gaussian", control = survreg.control(rel.tolerance = 1e-14, maxiter = 200))
  list(x = x, y = y, censored = as.numeric(whole > limit), logLik = m$loglik[2], fixed = as.numeric(coef(m)),
       se = sqrt(diag(vcov(m)))[1:2], sigma = m$scale)
}
out <- list(few = told(40, 3.6), most = told(40, 2.6), none = told(12, 99))
here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
writeLines(json(out), sub("[.]R$", ".json", here))
str(out)
