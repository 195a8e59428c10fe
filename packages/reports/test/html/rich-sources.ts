/** Policies of a support desk, as the rich report shows them. */
export const cedar = `// Refunds. Handbook, part A.

@id("refund-in-limit")
@eu_ai_act("26(1)")
permit (
  principal,
  action == Action::"refund",
  resource
)
when {
  context.input.amount <= decimal("250.0") &&
  (context.input.currency == "EUR" || context.user.roles.contains("desk-lead"))
};

@id("refund-above-limit")
@effect("escalate")
@eu_ai_act("14(1), 14(4)(d)")
forbid (
  principal,
  action == Action::"refund",
  resource
)
when { context.input.amount > decimal("250.0") }
unless {
	// A lead who read the order first may.
	context.user.roles.contains("desk-lead") && context.session.tools.contains("search_orders")
};

@id("never-abroad")
forbid (principal, action == Action::"refund", resource)
when { context.input.iban like "KP*" };
`;

export const rego = `package desk.velocity

import rego.v1

# METADATA
# custom:
#   controls:
#     owasp-asi: ["ASI02"]
deny contains msg if {
	input.tool.name == "refund"
	count(recent) > 5
	msg := sprintf("%d refunds in this session", [count(recent)])
}

recent contains call if {
	some call in input.session.history
	call.tool.name == "refund"
}
`;
