# METADATA
# title: What the coding agent may do
# description: |
#   Engineering handbook, "Assistants in the repository". What no rule here allows is denied; what a rule denies is
#   denied whoever allows it; what a rule escalates waits for the developer.
# custom:
#   controls:
#     eu-ai-act: ["26(1)"]
package coding.tools

default allow := false

# METADATA
# description: 3.1 Inside a checkout the agent reads and searches as it likes.
allow if {
	input.tool.name in {"Read", "Grep", "Glob"}
	in_checkout(path)
}

# METADATA
# description: 3.2 Inside a checkout it changes files; git keeps what was there.
allow if {
	input.tool.name in {"Edit", "Write"}
	in_checkout(path)
}

# METADATA
# description: 3.3 In the shell it uses the commands that the platform team lists, each part of a pipeline.
allow if {
	input.tool.name == "Bash"
	every part in command_parts {
		split(part, " ")[0] in data.coding.commands
	}
}

# METADATA
# description: 3.4 It reads pages of the hosts on the list.
allow if {
	input.tool.name == "WebFetch"
	host(input.args.url) in data.coding.hosts
}

# METADATA
# description: 3.5 Plans and sub-agents touch nothing by themselves.
allow if input.tool.name in {"TodoWrite", "Task"}

# METADATA
# description: 3.6 In the build it reads logs, files issues and promotes builds.
allow if input.tool.name in {"list_builds", "get_build_log", "create_issue", "promote_build"}

# METADATA
# description: 4.1 Keys and passwords are not the agent's business, not even to look at.
# custom:
#   controls:
#     owasp-llm: ["LLM02"]
#     mitre-atlas: ["AML.T0057"]
deny contains sprintf("%s holds secrets", [path]) if {
	input.tool.name in {"Read", "Edit", "Write"}
	is_secret(path)
}

# METADATA
# description: 4.2 The shell is no way round 4.1.
# custom:
#   controls:
#     owasp-llm: ["LLM02"]
#     owasp-asi: ["ASI02"]
deny contains "the command touches files that hold secrets" if {
	input.tool.name == "Bash"
	some word in regex.split(`[\s'"=<>]+`, input.args.command)
	is_secret(word)
}

# METADATA
# description: 4.3 Code from the network is read before it is run.
# custom:
#   controls:
#     owasp-asi: ["ASI05"]
#     eu-ai-act: ["15(5)/1"]
deny contains "a download is piped into a shell" if {
	input.tool.name == "Bash"
	regex.match(`(curl|wget)[^|;&]*\|\s*(sudo\s+)?(ba|z|da)?sh\b`, input.args.command)
}

# METADATA
# description: 4.4 Nothing is sent to a host that is not on the list.
# custom:
#   controls:
#     owasp-asi: ["ASI01", "ASI02"]
#     eu-ai-act: ["15(5)/1"]
deny contains sprintf("data would go to %s", [target]) if {
	input.tool.name == "Bash"
	some target in sent_to
	not target in data.coding.hosts
}

# METADATA
# description: 4.5 Deleting outside a checkout is not undone by git.
# custom:
#   controls:
#     eu-ai-act: ["14(4)(e)"]
deny contains "the command deletes outside a checkout" if {
	input.tool.name == "Bash"
	regex.match(`\brm\s+(-\w+\s+)*(/|~)`, input.args.command)
}

# METADATA
# description: 4.6 The history of a shared branch is never rewritten. (No recording ever tried it.)
# custom:
#   controls:
#     eu-ai-act: ["14(4)(e)"]
deny contains "the history of a shared branch would be rewritten" if {
	input.tool.name == "Bash"
	regex.match(`\bgit\s+push\b.*(--force|-f)\b.*\b(main|release)`, input.args.command)
}

# METADATA
# description: 5.1 What leaves the machine under the developer's name, the developer confirms.
# custom:
#   controls:
#     eu-ai-act: ["14(1)", "14(4)(d)"]
escalate contains "the developer confirms what is published" if {
	input.tool.name == "Bash"
	regex.match(`\b(git\s+push|npm\s+publish)\b`, input.args.command)
}

# METADATA
# description: 5.2 A new dependency is somebody else's code in our product.
# custom:
#   controls:
#     owasp-asi: ["ASI04"] # benchbook-ignore ctl/wrong-layer: this agent works where software is built
escalate contains "the developer confirms a new dependency" if {
	input.tool.name == "Bash"
	regex.match(`\bnpm\s+(install|i|add)\s+(-\S+\s+)*[@a-z]`, input.args.command)
}

# METADATA
# description: 5.3 The release manager confirms what goes to production.
# custom:
#   controls:
#     eu-ai-act: ["14(1)", "14(4)(d)"]
escalate contains "the release manager confirms a promotion to production" if {
	input.tool.name == "promote_build"
	input.args.environment == "production"
}

path := input.args.file_path if not input.tool.name in {"Grep", "Glob"}

path := input.args.path if input.tool.name in {"Grep", "Glob"}

path := input.context.cwd if {
	input.tool.name in {"Grep", "Glob"}
	not input.args.path
}

in_checkout(file) if {
	some root in data.coding.checkouts
	startswith(sprintf("%s/", [file]), root)
	not contains(file, "/../")
}

is_secret(file) if regex.match(`(^|/)(\.env(\.\w+)?|id_(rsa|ed25519)|credentials|\.netrc|[\w.-]+\.pem)$`, file)

command_parts := [trim_space(part) | some part in regex.split(`&&|\|\||;|\|`, input.args.command)]

sent_to contains host(url) if {
	regex.match(`\bcurl\b.*\s(-d|--data\S*|-F|--form|-T|--upload-file)\b`, input.args.command)
	some url in regex.find_n(`https?://[^\s'"]+`, input.args.command, -1)
}

host(url) := regex.find_all_string_submatch_n(`^https?://([^/:\s]+)`, url, 1)[0][1]
