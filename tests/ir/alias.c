int real_init(void)
{
	return 3;
}
int init_module(void) __attribute__((alias("real_init")));
