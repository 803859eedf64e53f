/* The opcode table as data: names, operand counts, and which opcodes end a block. */
#include "ir/ir.h"

const struct ir_op_info ir_ops[IR_OP_COUNT] = {
#define IR_OP(name, spelling, n, def) \
	[IR_##name] = {.text = (spelling), .operands = (n), .defines = (def), .terminator = IR_##name >= IR_JUMP},
#include "ir/opcodes.def"
};
