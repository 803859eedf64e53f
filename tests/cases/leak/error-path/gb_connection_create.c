/* Connections to a Greybus module are made, then enabled; operations are counted. */
#include <linux/err.h>

struct gb_bundle;
struct gb_connection;
struct gb_operation;
typedef int (*gb_request_handler_t)(struct gb_operation *op);
struct gb_connection *gb_connection_create(struct gb_bundle *bundle, unsigned short cport_id,
					   gb_request_handler_t handler);
void gb_connection_destroy(struct gb_connection *connection);
int gb_connection_enable(struct gb_connection *connection);
void gb_connection_disable(struct gb_connection *connection);
struct gb_operation *gb_operation_create_flags(struct gb_connection *connection, unsigned char type,
					       unsigned long request, unsigned long response, unsigned long flags,
					       unsigned int gfp);
void gb_operation_put(struct gb_operation *op);
int follow(void);

int create_bad(struct gb_bundle *b, struct gb_connection **out)
{
	struct gb_connection *p = gb_connection_create(b, 1, NULL);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path gb_connection */
	ret = follow();
	if (ret) {
		gb_connection_destroy(p);
		return ret;
	}
	*out = p;
	return 0;
}

int create_ok(struct gb_bundle *b, struct gb_connection **out)
{
	struct gb_connection *p = gb_connection_create(b, 1, NULL);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		gb_connection_destroy(p);
		return ret;
	}
	*out = p;
	return 0;
}

int enable_bad(struct gb_connection *c)
{
	int ret;

	ret = gb_connection_enable(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path gb_connection */
	ret = follow();
	if (ret) {
		gb_connection_disable(c);
		return ret;
	}
	return 0;
}

int enable_ok(struct gb_connection *c)
{
	int ret;

	ret = gb_connection_enable(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		gb_connection_disable(c);
		return ret;
	}
	return 0;
}

int operation_bad(struct gb_connection *c, struct gb_operation **out)
{
	struct gb_operation *p = gb_operation_create_flags(c, 1, 8, 8, 0, 0xcc0);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path gb_operation */
	ret = follow();
	if (ret) {
		gb_operation_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int operation_ok(struct gb_connection *c, struct gb_operation **out)
{
	struct gb_operation *p = gb_operation_create_flags(c, 1, 8, 8, 0, 0xcc0);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret) {
		gb_operation_put(p);
		return ret;
	}
	*out = p;
	return 0;
}
