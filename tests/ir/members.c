struct inner {
	int x, y;
};
struct outer {
	char tag;
	union {
		int number;
		struct {
			short low, high;
		};
	};
	struct inner in, *ptr;
	unsigned int ready : 1, mode : 3;
};

int members(struct outer *o)
{
	o->high = o->in.y;
	o->ptr->x++;
	o->ready = 1;
	return o->mode + o->number;
}
