/* kfree() looks away for NULL, not for an error code. */
#include <linux/slab.h>

int use(const void *p);

int user_bad(const void __user *src)
{
	void *p = memdup_user(src, 16);
	int ret = 0;

	if (IS_ERR(p)) {
		ret = PTR_ERR(p);
		goto out;
	}
	ret = use(p);
out:
	kfree(p); /* expect: free/err-ptr memory */
	return ret;
}

int user_ok(const void __user *src)
{
	void *p = memdup_user(src, 16);
	int ret = 0;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = use(p);
	kfree(p);
	return ret;
}

int user_scoped_ok(const void __user *src)
{
	void *p __free(kfree) = memdup_user(src, 16);

	if (IS_ERR(p))
		return PTR_ERR(p);
	return use(p);
}
