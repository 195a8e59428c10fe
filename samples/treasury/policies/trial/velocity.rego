# METADATA
# title: How often one vendor is paid
# description: |
#   On trial for the second quarter: more than three payments to one vendor in a session wait for a person. Splitting
#   an invoice is how the limits are got round.
# custom:
#   controls:
#     eu-ai-act: ["14(4)(a)"]
package payments.velocity

escalate contains sprintf("%d payments to one vendor in this session", [count(earlier) + 1]) if {
	input.tool.name == "create_payment"
	count(earlier) >= 3
}

earlier := [call |
	some call in input.session.history
	call.tool.name == "create_payment"
	call.args.vendor_id == input.args.vendor_id
]
