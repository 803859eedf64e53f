/* What the user is told besides findings: one line on stderr. */
#ifndef BASE_SAY_H
#define BASE_SAY_H

/* "drvcheck: ..." */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
