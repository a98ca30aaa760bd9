"""The registers of the office: 证明出具登记簿 and 用印登记."""
