struct args {
	int op;
	void *data;
};
int call(struct args *);

int compound_literal(void *p)
{
	struct args a;

	a = (struct args){.op = 2, .data = p};
	return call(&a) + call(&(struct args){3});
}
