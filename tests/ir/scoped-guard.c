typedef int *guard_t;
void leave(guard_t *);
guard_t enter(int *);

#define scoped_guard(lock)                                                                    \
	for (guard_t scope __attribute__((cleanup(leave))) = enter(lock), *done = (void *)0; \
	     !done; done = (void *)1)

int scoped(int *lock, int n)
{
	scoped_guard(lock) {
		if (n)
			return 1;
	}
	return 0;
}
