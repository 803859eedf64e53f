void *alloc_noprof(unsigned long, int);
void warn(void);
#define hooks(call)       ({ void *_r = (call); _r; })
#define alloc(...)	  hooks(alloc_noprof(__VA_ARGS__))
#define WARN_ON(x)        ({ int _w = !!(x); if (_w) warn(); _w; })
#define RETURN_IF(c, v)   do { if (c) return v; } while (0)

int macro_name(void **out)
{
	if (WARN_ON(!(*out = alloc(4, 0))))
		return 1;
	RETURN_IF(out, 2);
	return 0;
}
