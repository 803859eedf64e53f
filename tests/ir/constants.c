enum { NOWHERE, SOMEWHERE = 4 };
#define IS_ENABLED(x) (x)
void never(void);

int constants(unsigned char c)
{
	if (IS_ENABLED(0) && c)
		never();
	if (!__builtin_constant_p(c) && sizeof(long) == 8)
		c = SOMEWHERE << 2;
	else
		never();
	if (__builtin_types_compatible_p(typeof(c), int))
		never();
	while (0)
		never();
	return (unsigned char)300 + __builtin_choose_expr(sizeof(c) == 1, 'a', "no");
}
