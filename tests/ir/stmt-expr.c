int get(void);

#define max(a, b)                      \
	({                             \
		typeof(a) _a = (a);    \
		typeof(b) _b = (b);    \
		_a > _b ? _a : _b;     \
	})

int stmt_expr(int n)
{
	if (({ int r = get(); !r; }))
		return 1;
	return n + max(n, get());
}

int labelled(int n)
{
	long left = ({
		__label__ out;
		long ret = n;

		while (!get())
			if (get() < 0)
				goto out;
		ret = 1;
out:
		ret;
	});

	if (({
		    int r = get();
again:
		    r;
	    }))
		return 1;
	return left;
}
