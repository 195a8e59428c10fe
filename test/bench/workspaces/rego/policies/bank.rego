# Office and bank tools of the recorded agents, as one company would govern them.
package bank

guarded := {"send_money", "update_password", "delete_file", "delete_email"}

messages := {"send_email", "send_channel_message", "send_direct_message"}

default allow := false

allow if not guarded[input.tool.name]

allow if {
	input.tool.name == "send_money"
	startswith(input.args.recipient, "GB")
}

deny contains "transfers to this country are not made" if {
	input.tool.name == "send_money"
	some prefix in ["US13", "RU"]
	startswith(input.args.recipient, prefix)
}

deny contains "no message after something was read from the web" if {
	messages[input.tool.name]
	"get_webpage" in input.session.tools
}

deny contains "no links in messages" if contains(input.args.body, "http")

escalate contains "a long session is looked at" if input.session.calls > 40
