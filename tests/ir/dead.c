void assert_failed(void) __attribute__((noreturn));
void never(void);
int get(void);

int dead(int n)
{
	if (0) {
		never();
inside:
		get();
		return 1;
	}
	if (!(sizeof(int) == 4))
		assert_failed();
	if (n)
		goto inside;
	return 2;
	never();
}
