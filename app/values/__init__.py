"""Value rules without state: documents, names, dates, phones, addresses, codes, masking, pinyin."""
