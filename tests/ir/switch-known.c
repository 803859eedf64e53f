void one(void *);
void four(void *);
void bad(void);

#define put(p)                           \
	switch (sizeof(*(p))) {          \
	case 1:                          \
		one(p);                  \
		break;                   \
	case 4:                          \
		four(p);                 \
		break;                   \
	default:                         \
		bad();                   \
	}

void switch_known(int *i, short *s)
{
	put(i);
	put(s);
}
