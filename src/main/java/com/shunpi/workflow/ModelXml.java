package com.shunpi.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads models as plain XML: safely, and where the model API hides what stands there. */
final class ModelXml {

    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private ModelXml() {}

    static Document parse(byte[] xml) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All elements of the name, in whatever namespace; {@code *} for all. */
    static List<Element> elements(Document document, String localName) {
        NodeList found = document.getElementsByTagNameNS("*", localName);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The words in the extension properties of that name, wherever they stand; none in what is no XML. */
    static Set<String> properties(byte[] xml, String name) {
        Set<String> words = new TreeSet<>();
        try {
            for (Element property : elements(parse(xml), "property")) {
                if (CAMUNDA.equals(property.getNamespaceURI()) && name.equals(property.getAttribute("name"))) {
                    for (String word : property.getAttribute("value").strip().split("\\s+")) {
                        words.add(word);
                    }
                }
            }
        } catch (SAXException e) {
            return Set.of();
        }
        words.remove("");
        return words;
    }
}
