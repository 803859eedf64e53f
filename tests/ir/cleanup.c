#define __free(f) __attribute__((cleanup(f)))
void *alloc(int);
void release(void *);
void unlock(int **);
int *lock(int);

static inline void drop(void *p)
{
	release(*(void **)p);
}

int cleanup(int n)
{
	void *a __free(drop) = alloc(1);

	if (!a)
		return -12;
	for (int i = 0; i < n; i++) {
		void *b __free(drop) = alloc(i);
		int *l __free(unlock) = lock(i);

		if (!b)
			break;
		if (*l)
			continue;
		if (i == 7)
			goto out;
	}
	return n;
out:
	return 7;
}
