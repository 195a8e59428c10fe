# METADATA
# title: Who may be paid
# description: |
#   Treasury handbook, part C. Checks the beneficiary of a payment against the vendor master and the embargo list.
#   Nothing here allows a payment; the mandate (part B) does.
# custom:
#   controls:
#     eu-ai-act: ["15(5)/1"]
package payments.beneficiary

# METADATA
# description: C.1 Only vendors of the master are paid.
deny contains sprintf("%s is not in the vendor master", [input.args.vendor_id]) if {
	input.tool.name == "create_payment"
	not vendor
}

# METADATA
# description: C.2 A vendor is paid to an account of its own, as the master has it.
# custom:
#   controls:
#     owasp-asi: ["ASI01", "ASI02"]
deny contains sprintf("%s is no account of %s", [input.args.creditor_iban, vendor.name]) if {
	input.tool.name == "create_payment"
	not input.args.creditor_iban in vendor.ibans
}

# METADATA
# description: C.3 No payment goes to a country under embargo, whatever the master says.
# custom:
#   controls:
#     eu-ai-act: ["14(4)(e)"]
deny contains sprintf("payments to %s are under embargo", [country]) if {
	input.tool.name == "create_payment"
	country := substring(input.args.creditor_iban, 0, 2)
	country in data.payments.embargoed
}

# METADATA
# description: C.4 An invoice is paid once in a session.
# custom:
#   controls:
#     owasp-asi: ["ASI02"]
deny contains sprintf("invoice %s was paid before in this session", [input.args.invoice_id]) if {
	input.tool.name == "create_payment"
	some earlier in input.session.history
	earlier.tool.name == "create_payment"
	earlier.args.invoice_id == input.args.invoice_id
	earlier.result.status == "ok"
}

# METADATA
# description: C.5 Cash is swept between own accounts only.
deny contains "cash is swept between own accounts only" if {
	input.tool.name == "sweep_cash"
	not input.args.to_account in data.payments.own_accounts
}

# METADATA
# description: C.6 The first payment to a new vendor is confirmed by a call.
# custom:
#   controls:
#     eu-ai-act: ["14(1)", "14(4)(d)"]
escalate contains sprintf("first payment to %s: confirm by a call", [vendor.name]) if {
	input.tool.name == "create_payment"
	vendor.new
}

# METADATA
# description: C.7 What is paid above 10,000 is written to the audit log with its invoice.
# custom:
#   controls:
#     eu-ai-act: ["12(2)(a)"]
warn contains sprintf("payment above 10,000 for invoice %s", [input.args.invoice_id]) if {
	input.tool.name == "create_payment"
	input.args.amount > 10000
}

vendor := data.payments.vendors[input.args.vendor_id]
